using System.Linq.Expressions;
using System.Reflection;

namespace SessionRoom.MessagePack.Contracts;

/// <summary>Delegates that get, set and create without boxing where the contract model allows it.</summary>
internal static class TypedAccessor
{
    /// <summary>The contract model shows accessors as delegates over <see cref="object"/>. Over a value type those are
    /// closures around a typed delegate; that one, if it can be found, spares a box per value. If not, the box is paid.</summary>
    public static TDelegate? Unwrap<TDelegate>(Delegate? untyped)
        where TDelegate : Delegate
    {
        if (untyped is null) return null;
        if (untyped is TDelegate typed) return typed;
        // Only closures of the serializer itself are known to add nothing: an accessor that an application wrapped is theirs.
        if (untyped.Method.Module.Assembly != typeof(System.Text.Json.JsonSerializer).Assembly) return null;
        return untyped.Target?.GetType()
            .GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(field => field.FieldType == typeof(TDelegate))
            .Select(field => (TDelegate?)field.GetValue(untyped.Target))
            .FirstOrDefault();
    }

    /// <summary>Sets a member that a source-generated contract can only set in an object initializer.</summary>
    public static Action<object, T>? Initializer<T>(ICustomAttributeProvider? member)
    {
        if (member is not MemberInfo { DeclaringType: { } owner } info || info is PropertyInfo { SetMethod: null }) return null;
        var target = Expression.Parameter(typeof(object));
        var value = Expression.Parameter(typeof(T));
        var typed = owner.IsValueType ? Expression.Unbox(target, owner) : Expression.Convert(target, owner);
        Expression set = info switch
        {
            PropertyInfo property => Expression.Call(typed, property.SetMethod!, value),
            FieldInfo field => Expression.Assign(Expression.Field(typed, field), value),
            _ => Expression.Empty(),
        };
        return Expression.Lambda<Action<object, T>>(set, target, value).Compile();
    }

    public static Func<object?[], object> Constructor(ConstructorInfo constructor)
    {
        var arguments = Expression.Parameter(typeof(object?[]));
        var values = constructor.GetParameters().Select((parameter, index) =>
            Expression.Convert(Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType));
        var created = Expression.Convert(Expression.New(constructor, values), typeof(object));
        return Expression.Lambda<Func<object?[], object>>(created, arguments).Compile();
    }
}
