#!/usr/bin/env bash
# Runs everything: .NET, web unit, browser. Needs the .NET 10 SDK and Node 20.19, which Debian does not have,
# and installs what else a fresh Debian machine lacks.
# Ends only processes that it started; the last line counts what ran: "N passed, N failed".
set -uo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
passed=0; failed=0; broken=0
: >"$work/failures"

step() { printf '\n== %s\n' "$1"; }
must() { "$@" || { echo "failed: $*" | tee -a "$work/failures"; broken=1; }; }

for needed in dotnet node npm; do
  command -v "$needed" >/dev/null || { echo "$needed is missing: install the .NET 10 SDK and Node 20.19 or later first"; printf '\n0 passed, 1 failed\n'; exit 1; }
done

lacking=()
command -v chromium >/dev/null || lacking+=(chromium)
command -v redis-server >/dev/null || lacking+=(redis-server)
install() { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >"$work/apt.log" 2>&1 || { tail -5 "$work/apt.log"; return 1; }; }
if [ ${#lacking[@]} -gt 0 ]; then
  step "installing ${lacking[*]}"
  install "${lacking[@]}" || broken=1
fi
# Without them Arabic and Japanese are empty boxes, and the pictures of the pages are not compared.
if [ -z "$(fc-list ':lang=ja' 2>/dev/null)" ]; then
  step "installing fonts"
  install fontconfig fonts-liberation fonts-noto-core fonts-noto-cjk || echo "they cannot be had: the pictures are not compared"
fi

step "packages"
must npm ci --silent --prefix tests/peers
[ -f web/package-lock.json ] && must npm ci --silent --prefix web

step ".NET"
must dotnet build SessionRoom.sln -c Release -v quiet -nologo
must dotnet build src/SessionRoom.Redis -c Release -p:NewRedisClient=compile -v quiet -nologo # the newest client, so that moving up stays a change of a number
dotnet test SessionRoom.sln -c Release --no-build --nologo --logger "console;verbosity=minimal" --logger trx --results-directory "$work/trx" -v quiet || broken=1
for trx in "$work"/trx/*.trx; do
  [ -f "$trx" ] || continue
  counters=$(grep -o '<Counters [^>]*>' "$trx" | head -1)
  passed=$((passed + $(grep -o 'passed="[0-9]*"' <<<"$counters" | tr -dc 0-9)))
  failed=$((failed + $(grep -o 'failed="[0-9]*"' <<<"$counters" | tr -dc 0-9)))
  # Each failed test's name, and what it said.
  tr -d '\r\n' <"$trx" | sed 's/<UnitTestResult /\n&/g' | grep -E '^<UnitTestResult [^>]*outcome="Failed"' | cut -c1-4000 |
    sed -E 's/^<UnitTestResult [^>]*testName="([^"]*)"[^>]*>(.*<Message>([^<]{0,800}))?.*/\1: \3/' >>"$work/failures"
done

node_report() { # file: a JSON report of Vitest or Playwright
  node -e 'const r = JSON.parse(require("fs").readFileSync(process.argv[1])); const s = r.stats;
    console.log(s ? `${s.expected + s.flaky} ${s.unexpected}` : `${r.numPassedTests} ${r.numFailedTests}`)
    const unit = (r.testResults ?? []).flatMap(file => file.assertionResults).filter(test => test.status === "failed")
      .map(test => `${test.fullName}: ${String(test.failureMessages).slice(0, 800)}`)
    const browser = suite => [...(suite.specs ?? []).filter(spec => !spec.ok).map(spec => `${spec.file}: ${spec.title}: ${String(spec.tests[0]?.results.at(-1)?.error?.message).slice(0, 800)}`),
      ...(suite.suites ?? []).flatMap(browser)]
    require("fs").appendFileSync(process.argv[2], [...unit, ...browser(r)].map(line => line + "\n").join(""))' "$1" "$work/failures" 2>/dev/null || echo "0 1"
}
if [ -f web/package.json ]; then
  step "web"
  must npm run --silent --prefix web check
  must npm run --silent --prefix web test -- --reporter=default --reporter=json --outputFile="$work/vitest.json"
  read -r p f <<<"$(node_report "$work/vitest.json")"; passed=$((passed + p)); failed=$((failed + f))
  step "browser"
  PLAYWRIGHT_JSON_OUTPUT_NAME="$work/playwright.json" must npm run --silent --prefix web e2e -- --reporter=list,json
  read -r p f <<<"$(node_report "$work/playwright.json")"; passed=$((passed + p)); failed=$((failed + f))
fi

step "load tests, in short"
timeout -k 10 480 dotnet artifacts/bin/SessionRoom.LoadTests/release/SessionRoom.LoadTests.dll smoke >"$work/smoke.txt" 2>"$work/smoke.log"; cat "$work/smoke.txt"
read -r p f <<<"$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$work/smoke.txt" | tail -1)"
[ -n "${p:-}" ] || { tail -20 "$work/smoke.log"; p=0; f=1; } # it did not come to its end
passed=$((passed + p)); failed=$((failed + f))

[ "$broken" -ne 0 ] && [ "$failed" -eq 0 ] && failed=1
[ -s "$work/failures" ] && { step "what failed"; cat "$work/failures"; }
printf '\n%d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ]
