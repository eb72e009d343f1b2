// Written by `npm run contract` from the server's own description, which is in `client/contract/openapi.json`.
export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The page that makes rooms */
        get: operations["lobbyPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/r/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The room's page; the invite is in the fragment */
        get: operations["roomPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/embed/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The room's page for a frame: in pages of the origins that the room's key lists */
        get: operations["embedPage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}/board": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The room's board as data, without what is sealed */
        get: operations["readBoard"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The session's record as json, md, csv or ics */
        get: operations["exportRoom"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log can be written */
        get: operations["ready"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus text */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a room */
        post: operations["createRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reads as much of the room as the caller may see */
        get: operations["readRoom"];
        put?: never;
        post?: never;
        /** Removes the room and every byte of it */
        delete: operations["deleteRoom"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}/commands": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends a command without a socket */
        post: operations["doCommand"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}/invite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an invite leads to, for a form to show before anybody joins: the room's title and its agreement */
        post: operations["readInvite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}/join": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Turns an invite into a token; with an own token of the room as bearer, for the same participant again */
        post: operations["joinRoom"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/rooms/{id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a token for somebody whom the integrator knows */
        post: operations["issueToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key's events in order, behind a cursor */
        get: operations["readEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/webhooks/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Has the key's events delivered again, behind a cursor */
        post: operations["replayEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AcceptAgreement: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "agreement.accept";
            /** @description The sender's own, unique per command. */
            id: string;
            /** Format: int32 */
            version: number;
            pid?: string;
        };
        Accepted: {
            /** @enum {boolean} */
            ok: true;
            /** Format: int64 */
            seq: number;
            result?: components["schemas"]["CommandResult"];
        };
        /**
         * @description The answer to a command or a push. A refusal is an answer too.
         * @example {
         *       "ok": true,
         *       "seq": 42
         *     }
         */
        Ack: components["schemas"]["Accepted"] | components["schemas"]["Refused"];
        AdmitHand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.admit";
            /** @description The sender's own, unique per command. */
            id: string;
            pid: string;
        };
        Agenda: {
            items: components["schemas"]["AgendaItem"][];
            current?: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            since?: number;
            ledger: components["schemas"]["AgendaLedger"];
        };
        AgendaItem: {
            id: string;
            title: string;
            kind?: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            durationMs: number;
            presenterId?: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            spentMs: number;
        };
        AgendaLedger: {
            /**
             * Format: int64
             * @description Milliseconds.
             */
            plannedMs: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            borrowedMs: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            expectedEndAt?: number;
        };
        AgendaSet: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "agenda.set";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            items: components["schemas"]["PlannedItem"][];
        };
        Agreement: {
            /** Format: int32 */
            version: number;
            text: string;
        };
        AgreementAccepted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "agreement.accepted";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            /** Format: int32 */
            version: number;
        };
        AssignRole: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "role.assign";
            /** @description The sender's own, unique per command. */
            id: string;
            pid: string;
            role: components["schemas"]["Role"];
        };
        BoardAction: {
            id: string;
            title: string;
            notes?: string;
            owner?: string;
            /** Format: date */
            due?: string;
            column: string;
            rank: string;
            createdBy?: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            createdAt?: number;
            outcome?: string;
        };
        BoardColumn: {
            id: string;
            title: string;
        };
        BoardDecision: {
            text: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at?: number;
        };
        /** @description A CRDT update (Yjs, format v1) from somebody else. */
        BoardFrame: {
            /**
             * Format: int64
             * @description Counts the room's board updates.
             */
            n: number;
            /**
             * Format: byte
             * @description Base64; under MessagePack bin.
             */
            update: string;
        };
        BoardRead: {
            epoch: string;
            /**
             * Format: int64
             * @description Counts the room's board updates.
             */
            n: number;
            columns: components["schemas"]["BoardColumn"][];
            actions: components["schemas"]["BoardAction"][];
            decisions: components["schemas"]["BoardDecision"][];
            notes: string;
        };
        /** @description The last word before the server closes a connection. */
        ByeFrame: {
            /** @enum {string} */
            reason: "removed" | "expired" | "room_deleted" | "too_slow" | "rate_limited" | "server_stopping";
            /**
             * Format: int64
             * @description Milliseconds.
             */
            retryAfterMs?: number;
        };
        ClaimRole: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "role.claim";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        CloseQueue: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.close";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        /**
         * @description What is asked of a room, told apart by `type`. The same `id` again is answered as it was the first time and does nothing more.
         * @example {
         *       "id": "c-1",
         *       "type": "hand.raise",
         *       "intent": "question"
         *     }
         */
        Command: components["schemas"]["AcceptAgreement"] | components["schemas"]["StartSession"] | components["schemas"]["EndSession"] | components["schemas"]["GoOffRecord"] | components["schemas"]["GoOnRecord"] | components["schemas"]["SetAgenda"] | components["schemas"]["GoToItem"] | components["schemas"]["StartTimer"] | components["schemas"]["PauseTimer"] | components["schemas"]["ResumeTimer"] | components["schemas"]["ExtendTimer"] | components["schemas"]["StopTimer"] | components["schemas"]["RaiseHand"] | components["schemas"]["LowerHand"] | components["schemas"]["AdmitHand"] | components["schemas"]["RemoveEntry"] | components["schemas"]["MoveEntry"] | components["schemas"]["OpenQueue"] | components["schemas"]["CloseQueue"] | components["schemas"]["SetPolicy"] | components["schemas"]["InvitePerson"] | components["schemas"]["NextSpeaker"] | components["schemas"]["GiveFloor"] | components["schemas"]["YieldFloor"] | components["schemas"]["AssignRole"] | components["schemas"]["ClaimRole"] | components["schemas"]["SeatPerson"] | components["schemas"]["RenamePerson"] | components["schemas"]["RemovePerson"];
        CommandRefusal: {
            code: components["schemas"]["RefusalCode"];
            message: string;
        };
        CommandResult: {
            pid?: string;
        };
        CreatedRoom: {
            id: string;
            title: string;
            links: components["schemas"]["RoomLinks"];
        };
        EndSession: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "session.end";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        Entry: {
            token: string;
            participantId: string;
            role: components["schemas"]["Role"];
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            expiresAt: number;
        };
        EntryMoved: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.moved";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            entryId: string;
            pid: string;
            /** Format: int32 */
            slot: number;
            back: boolean;
        };
        ExtendTimer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.extend";
            /** @description The sender's own, unique per command. */
            id: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            byMs: number;
        };
        Floor: {
            entryId?: string;
            pid?: string;
            intent?: components["schemas"]["Intent"];
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            since?: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            limitMs?: number;
            held: components["schemas"]["HeldTurn"][];
        };
        FloorTaken: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "floor.taken";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            entryId: string;
            pid: string;
            intent: components["schemas"]["Intent"];
            /**
             * Format: int64
             * @description Milliseconds.
             */
            limitMs: number;
        };
        GiveFloor: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "floor.give";
            /** @description The sender's own, unique per command. */
            id: string;
            pid: string;
        };
        GoOffRecord: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "record.off";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        GoOnRecord: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "record.on";
            /** @description The sender's own, unique per command. */
            id: string;
            keep?: boolean;
        };
        GoToItem: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "agenda.go";
            /** @description The sender's own, unique per command. */
            id: string;
            itemId: string;
        };
        HandAdmitted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.admitted";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            entryId: string;
        };
        HandLowered: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hand.lowered";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            intent?: components["schemas"]["Intent"];
        };
        HandRaised: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hand.raised";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            intent: components["schemas"]["Intent"];
            entryId: string;
        };
        HeldTurn: {
            entryId: string;
            pid: string;
            intent: components["schemas"]["Intent"];
            /**
             * Format: int64
             * @description Milliseconds.
             */
            spentMs: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            limitMs: number;
        };
        /** @enum {string} */
        Intent: "order" | "question" | "reply" | "topic";
        Invitation: {
            title: string;
            agreement?: components["schemas"]["Agreement"];
        };
        InvitePerson: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.invite";
            /** @description The sender's own, unique per command. */
            id: string;
            pid: string;
        };
        /**
         * @example {
         *       "participantId": "user-17",
         *       "name": "Ann",
         *       "role": "member",
         *       "ttlSeconds": 3600
         *     }
         */
        IssueToken: {
            name: string;
            role: components["schemas"]["Role"];
            participantId?: string;
            place?: components["schemas"]["Place"];
            /** Format: int64 */
            ttlSeconds?: number;
        };
        ItemEntered: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "agenda.entered";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            itemId: string;
        };
        ItemPlan: {
            id?: string;
            title: string;
            kind?: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            durationMs?: number;
            presenterId?: string;
        };
        /** @description The answer to `Join`: the room as it is at `seq` of the log named `epoch`. */
        JoinReply: {
            /**
             * Format: int32
             * @enum {integer}
             */
            protocol: 1;
            you: string;
            epoch: string;
            /**
             * Format: int64
             * @description Counts the room's patches.
             */
            seq: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            now: number;
            state: components["schemas"]["RoomState"];
            /**
             * Format: int64
             * @description Counts the room's board updates.
             */
            n?: number;
            /**
             * Format: byte
             * @description Base64; under MessagePack bin.
             */
            board?: string;
            /**
             * Format: byte
             * @description Base64; under MessagePack bin.
             */
            missing?: string;
        };
        /** @description The argument of `Join`: a replica's state vector, or the number up to which it has everything. */
        JoinRequest: {
            /**
             * Format: byte
             * @description Base64; under MessagePack bin.
             */
            board?: string;
            /**
             * Format: int64
             * @description Counts the room's board updates.
             */
            n?: number;
            skipBoard?: boolean;
        };
        /**
         * @example {
         *       "invite": "x3rO0m8Cqg5l2Vw7tN4yZb1uPdKfHsJa",
         *       "name": "Ann",
         *       "place": "remote"
         *     }
         */
        JoinRoom: {
            invite: string;
            name: string;
            place?: components["schemas"]["Place"];
        };
        LowerHand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hand.lower";
            /** @description The sender's own, unique per command. */
            id: string;
            intent?: components["schemas"]["Intent"];
            pid?: string;
        };
        MoveEntry: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.move";
            /** @description The sender's own, unique per command. */
            id: string;
            entryId: string;
            afterId?: string;
        };
        NextSpeaker: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "floor.next";
            /** @description The sender's own, unique per command. */
            id: string;
            expect?: string;
        };
        OpenQueue: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.open";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        /** @description The state after `seq` is the state before it with `patch` applied (RFC 7396). */
        PatchFrame: {
            /**
             * Format: int64
             * @description Counts the room's patches.
             */
            seq: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            events: components["schemas"]["RoomEvent"][];
            /** @description A merge patch of RoomState: an absent field is left as it is, `null` removes. */
            patch: Record<string, never>;
        };
        PauseTimer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.pause";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        Person: {
            name: string;
            role: components["schemas"]["Role"];
            place: components["schemas"]["Place"];
            online: boolean;
            agreed: boolean;
            seatOf?: string;
            hand?: components["schemas"]["RaisedHand"];
            /** Format: int32 */
            turns: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            talkMs: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            invitedAt?: number;
        };
        PersonArrived: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.arrived";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            name: string;
            role: components["schemas"]["Role"];
            place: components["schemas"]["Place"];
            online: boolean;
        };
        PersonConnected: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.connected";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            place: components["schemas"]["Place"];
        };
        PersonDisconnected: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.disconnected";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
        };
        PersonInvited: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.invited";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
        };
        PersonRemoved: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.removed";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
        };
        PersonRenamed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.renamed";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            name: string;
        };
        PersonSeated: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.seated";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            name: string;
            device: string;
        };
        /** @enum {string} */
        Place: "remote" | "inRoom";
        PlannedItem: {
            id?: string;
            title: string;
            kind?: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            durationMs: number;
            presenterId?: string;
        };
        PolicySet: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.policy";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            policy: components["schemas"]["QueuePolicy"];
            mode: components["schemas"]["QueueMode"];
        };
        /**
         * @description RFC 9457, with the refusal's code.
         * @example {
         *       "type": "https://tools.ietf.org/html/rfc9110#section-15.5.4",
         *       "title": "Forbidden",
         *       "status": 403,
         *       "detail": "This invite does not open the room.",
         *       "code": "forbidden"
         *     }
         */
        Problem: {
            type?: string;
            title?: string;
            /** Format: int32 */
            status: number;
            detail?: string;
            /** @enum {string} */
            code: "unauthorized" | "taken" | "forbidden" | "not_agreed" | "stale" | "invalid" | "not_found" | "closed" | "rate_limited" | "too_large" | "ended" | "unavailable";
            oldest?: string;
            traceId?: string;
        };
        Queue: {
            open: boolean;
            entries: components["schemas"]["QueueEntry"][];
        };
        QueueClosed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.closed";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        QueueEntry: {
            id: string;
            pid: string;
            intent: components["schemas"]["Intent"];
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pinned: boolean;
            why: components["schemas"]["QueueReason"];
        };
        /** @enum {string} */
        QueueMode: "open" | "moderated";
        QueueOpened: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.opened";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        /** @enum {string} */
        QueuePolicy: "fifo" | "fair" | "round";
        QueueReason: {
            intent: components["schemas"]["Intent"];
            /** Format: int32 */
            turns: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            talkMs: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pinned: boolean;
            place?: components["schemas"]["Place"];
            /** Format: int32 */
            joined?: number;
        };
        RaiseHand: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "hand.raise";
            /** @description The sender's own, unique per command. */
            id: string;
            intent?: components["schemas"]["Intent"];
            pid?: string;
        };
        RaisedHand: {
            intent: components["schemas"]["Intent"];
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        RecordedAction: {
            id: string;
            title: string;
            columnId: string;
            column: string;
            ownerId?: string;
            owner?: string;
            /** Format: date */
            due?: string;
            notes?: string;
            outcome?: string;
            createdBy?: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            createdAt?: number;
        };
        RecordedItem: {
            id: string;
            title: string;
            kind?: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            plannedMs: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            spentMs: number;
            presenterId?: string;
            presenter?: string;
        };
        RecordedPerson: {
            id: string;
            name: string;
            role: components["schemas"]["Role"];
            place: components["schemas"]["Place"];
            /** Format: int32 */
            turns: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            talkMs: number;
        };
        /** @enum {string} */
        RefusalCode: "forbidden" | "not_agreed" | "stale" | "invalid" | "not_found" | "closed" | "rate_limited" | "too_large" | "ended" | "unavailable";
        Refused: {
            /** @enum {boolean} */
            ok: false;
            /** Format: int64 */
            seq: number;
            error: components["schemas"]["CommandRefusal"];
        };
        RemoveEntry: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.remove";
            /** @description The sender's own, unique per command. */
            id: string;
            entryId: string;
        };
        RemovePerson: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.remove";
            /** @description The sender's own, unique per command. */
            id: string;
            pid: string;
        };
        RenamePerson: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.rename";
            /** @description The sender's own, unique per command. */
            id: string;
            name: string;
            pid?: string;
        };
        Replay: {
            after?: string;
        };
        ReplayStarted: {
            after: string;
        };
        ResumeTimer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.resume";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        /** @description Replaces the state; `board` is what this connection's replica lacks. */
        ResyncFrame: {
            epoch: string;
            /**
             * Format: int64
             * @description Counts the room's patches.
             */
            seq: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            now: number;
            state: components["schemas"]["RoomState"];
            /**
             * Format: int64
             * @description Counts the room's board updates.
             */
            n?: number;
            /**
             * Format: byte
             * @description Base64; under MessagePack bin.
             */
            board?: string;
        };
        /** @enum {string} */
        Role: "facilitator" | "noteTaker" | "member" | "guest" | "observer" | "projector";
        RoleAssigned: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "role.assigned";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
            role: components["schemas"]["Role"];
        };
        RoleClaimed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "role.claimed";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            pid: string;
        };
        /** @description What happened, told apart by `type`. The patch beside it says what became of the state; nobody needs the events for that. */
        RoomEvent: components["schemas"]["AgreementAccepted"] | components["schemas"]["SessionStarted"] | components["schemas"]["SessionEnded"] | components["schemas"]["WentOffRecord"] | components["schemas"]["WentOnRecord"] | components["schemas"]["AgendaSet"] | components["schemas"]["ItemEntered"] | components["schemas"]["TimerStarted"] | components["schemas"]["TimerPaused"] | components["schemas"]["TimerResumed"] | components["schemas"]["TimerExtended"] | components["schemas"]["TimerExpired"] | components["schemas"]["TimerStopped"] | components["schemas"]["HandRaised"] | components["schemas"]["HandLowered"] | components["schemas"]["HandAdmitted"] | components["schemas"]["EntryMoved"] | components["schemas"]["QueueOpened"] | components["schemas"]["QueueClosed"] | components["schemas"]["PolicySet"] | components["schemas"]["PersonInvited"] | components["schemas"]["FloorTaken"] | components["schemas"]["TurnHeld"] | components["schemas"]["TurnResumed"] | components["schemas"]["TurnEnded"] | components["schemas"]["RoleAssigned"] | components["schemas"]["RoleClaimed"] | components["schemas"]["PersonArrived"] | components["schemas"]["PersonConnected"] | components["schemas"]["PersonDisconnected"] | components["schemas"]["PersonSeated"] | components["schemas"]["PersonRenamed"] | components["schemas"]["PersonRemoved"];
        RoomFacts: {
            id: string;
            title: string;
            purpose?: string;
            stage?: components["schemas"]["Stage"];
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            startedAt?: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            endedAt?: number;
            agreement?: components["schemas"]["Agreement"];
            offRecord?: boolean;
            /** Format: int32 */
            boardEpoch?: number;
            settings?: components["schemas"]["RoomSettings"];
        };
        /** @description Page addresses relative to the server, each with its invite in the fragment. */
        RoomLinks: {
            facilitator: string;
            member: string;
            observer: string;
            projector: string;
        };
        /**
         * @example {
         *       "title": "Weekly",
         *       "agreement": "We let each other finish.",
         *       "agenda": [
         *         {
         *           "title": "Numbers",
         *           "durationMs": 600000
         *         }
         *       ],
         *       "settings": {
         *         "queuePolicy": "fair"
         *       }
         *     }
         */
        RoomPlan: {
            title: string;
            purpose?: string;
            id?: string;
            agreement?: string | {
                text: string;
            };
            agenda?: components["schemas"]["ItemPlan"][];
            settings?: components["schemas"]["SettingsPlan"];
        };
        RoomRead: {
            epoch: string;
            /**
             * Format: int64
             * @description Counts the room's patches.
             */
            seq: number;
            state: components["schemas"]["RoomState"];
        };
        RoomSettings: {
            queuePolicy: components["schemas"]["QueuePolicy"];
            queueMode: components["schemas"]["QueueMode"];
            /**
             * Format: int64
             * @description Milliseconds.
             */
            speakerLimitMs: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            graceMs: number;
        };
        /** @description The room as its reader may see it. Before the agreement is accepted: only `room` (its id, title and agreement) and oneself in `people`. */
        RoomState: {
            room: components["schemas"]["RoomFacts"];
            people: {
                [key: string]: components["schemas"]["Person"];
            };
            agenda?: components["schemas"]["Agenda"];
            timer?: components["schemas"]["Timer"];
            queue?: components["schemas"]["Queue"];
            floor?: components["schemas"]["Floor"];
        };
        SeatPerson: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "people.seat";
            /** @description The sender's own, unique per command. */
            id: string;
            name: string;
            device?: string;
        };
        SessionEnded: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "session.ended";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        /** @description What remains of a session. Times are Unix milliseconds, durations milliseconds. */
        SessionRecord: {
            id: string;
            title: string;
            purpose?: string;
            stage: components["schemas"]["Stage"];
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            exportedAt: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            startedAt?: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            endedAt?: number;
            agreement?: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            plannedMs: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            spentMs: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            borrowedMs: number;
            agenda: components["schemas"]["RecordedItem"][];
            people: components["schemas"]["RecordedPerson"][];
            actions: components["schemas"]["RecordedAction"][];
            decisions: components["schemas"]["BoardDecision"][];
            notes?: string;
        };
        SessionStarted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "session.started";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        SetAgenda: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "agenda.set";
            /** @description The sender's own, unique per command. */
            id: string;
            items: components["schemas"]["ItemPlan"][];
        };
        SetPolicy: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "queue.policy";
            /** @description The sender's own, unique per command. */
            id: string;
            policy?: components["schemas"]["QueuePolicy"];
            mode?: components["schemas"]["QueueMode"];
        };
        SettingsPlan: {
            queuePolicy?: components["schemas"]["QueuePolicy"];
            queueMode?: components["schemas"]["QueueMode"];
            /**
             * Format: int64
             * @description Milliseconds.
             */
            speakerLimitMs?: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            graceMs?: number;
        };
        ShowInvite: {
            invite: string;
        };
        /** @enum {string} */
        Stage: "lobby" | "live" | "ended";
        StartSession: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "session.start";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        StartTimer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.start";
            /** @description The sender's own, unique per command. */
            id: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            durationMs?: number;
        };
        StopTimer: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.stop";
            /** @description The sender's own, unique per command. */
            id: string;
        };
        Timer: {
            status: components["schemas"]["TimerStatus"];
            /**
             * Format: int64
             * @description Milliseconds.
             */
            durationMs?: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            endsAt?: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            remainingMs?: number;
            itemId?: string;
        };
        TimerExpired: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.expired";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        TimerExtended: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.extended";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            byMs: number;
        };
        TimerPaused: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.paused";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            remainingMs: number;
        };
        TimerResumed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.resumed";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            endsAt: number;
        };
        TimerStarted: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.started";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            durationMs: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            endsAt: number;
            itemId?: string;
        };
        /** @enum {string} */
        TimerStatus: "idle" | "running" | "paused" | "overtime";
        TimerStopped: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "timer.stopped";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        TurnEnded: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "floor.ended";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            entryId: string;
            pid: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            talkMs: number;
        };
        TurnHeld: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "floor.held";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            entryId: string;
            pid: string;
            /**
             * Format: int64
             * @description Milliseconds.
             */
            spentMs: number;
        };
        TurnResumed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "floor.resumed";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            entryId: string;
            pid: string;
        };
        WebhookAction: {
            id: string;
            title?: string;
            owner?: components["schemas"]["WebhookPerson"];
            due?: string;
            column?: components["schemas"]["WebhookColumn"];
            done?: boolean;
            removed?: boolean;
        };
        WebhookColumn: {
            id: string;
            title: string;
        };
        WebhookData: {
            title?: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            startedAt?: number;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            endedAt?: number;
            person?: components["schemas"]["WebhookPerson"];
            /** Format: int32 */
            version?: number;
            action?: components["schemas"]["WebhookAction"];
            changed?: string[];
        };
        WebhookEvent: {
            id: string;
            /** @enum {string} */
            type: "action.changed" | "action.created" | "agreement.accepted" | "session.ended" | "session.started";
            /** Format: int64 */
            at: number;
            room: string;
            data: components["schemas"]["WebhookData"];
            cursor: string;
        };
        WebhookPage: {
            events: components["schemas"]["WebhookEvent"][];
            next: string;
        };
        WebhookPerson: {
            pid: string;
            name?: string;
        };
        WentOffRecord: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "record.off";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
        };
        WentOnRecord: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "record.on";
            /** @description A participant id, `key:<id>`, or `house`. */
            by: string;
            /**
             * Format: int64
             * @description Unix milliseconds of the server's clock.
             */
            at: number;
            kept: boolean;
        };
        YieldFloor: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "floor.yield";
            /** @description The sender's own, unique per command. */
            id: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    lobbyPage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    roomPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    embedPage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readBoard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BoardRead"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportRoom: {
        parameters: {
            query?: {
                format?: "json" | "md" | "csv" | "ics";
            };
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionRecord"];
                    "text/markdown": string;
                    "text/csv": string;
                    "text/calendar": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    ready: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    createRoom: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoomPlan"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedRoom"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoomRead"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    doCommand: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Command"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ack"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readInvite: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShowInvite"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    joinRoom: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinRoom"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    issueToken: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The room's id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IssueToken"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readEvents: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Replay"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayStarted"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Payload Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    /** @description Seconds. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
