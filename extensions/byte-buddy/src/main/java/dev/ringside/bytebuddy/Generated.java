// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;

/**
 * A generated subclass, with the right to look into it. It is defined by a lookup in the package of
 * the class that it extends, so that it calls constructors and overrides methods that only the
 * package can call; and it has one field, for what it is generated for.
 */
final class Generated {

  private static final ByteBuddy BYTE_BUDDY = new ByteBuddy();

  private final Class<?> type;
  private final Lookup lookup;
  private final MethodHandle setter;
  private final Map<String, Method> methods = new LinkedHashMap<>();
  private final Map<String, MethodHandle> originals = new LinkedHashMap<>();
  private final Map<MethodType, MethodHandle> constructors = new LinkedHashMap<>();

  private Generated(Class<?> base, Class<?> type, Lookup lookup, MethodHandle setter) {
    this.type = type;
    this.lookup = lookup;
    this.setter = setter;
    for (Class<?> each = base; each != null && each != Object.class; each = each.getSuperclass()) {
      for (Method method : each.getDeclaredMethods()) {
        if (!method.isSynthetic()) {
          methods.putIfAbsent(key(method), method);
        }
      }
    }
  }

  /** Name and descriptor, as in {@code fail()V}. */
  private static String key(Method method) {
    return method.getName()
        + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
            .toMethodDescriptorString();
  }

  /**
   * Generates a subclass.
   *
   * @param field its name, {@code fieldType} its type
   * @param methods says what is overridden
   */
  static Generated subclass(
      Class<?> base,
      String field,
      Class<?> fieldType,
      UnaryOperator<DynamicType.Builder<?>> methods) {
    try {
      Lookup lookup = MethodHandles.privateLookupIn(base, MethodHandles.lookup());
      DynamicType.Builder<?> empty =
          BYTE_BUDDY
              .subclass(base)
              .name(base.getName() + "$WithFaults")
              .defineField(field, fieldType, Visibility.PACKAGE_PRIVATE);
      Class<?> type =
          methods
              .apply(empty)
              .make()
              .load(base.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(lookup))
              .getLoaded();
      Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
      return new Generated(base, type, inside, inside.findSetter(type, field, fieldType));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "cannot make a subclass of "
              + base.getName()
              + " by "
              + Generated.class.getModule()
              + "; take ringside-framework and ringside-byte-buddy of one version",
          e);
    }
  }

  Class<?> type() {
    return type;
  }

  /** A method of the class that it extends, by name and descriptor. */
  Method method(String key) {
    Method method = methods.get(key);
    if (method == null) {
      throw new AssertionError("no method " + key + " in " + type + "; please report this bug");
    }
    return method;
  }

  /** A method as it is in the class that it extends. */
  Object callOriginal(String key, Object object, Object[] arguments) throws Throwable {
    return original(key).invoke(object, arguments);
  }

  private synchronized MethodHandle original(String key) throws IllegalAccessException {
    MethodHandle original = originals.get(key);
    if (original == null) {
      Method method = method(key);
      original =
          lookup
              .unreflectSpecial(method, type)
              .asType(MethodType.genericMethodType(method.getParameterCount() + 1))
              .asSpreader(Object[].class, method.getParameterCount());
      originals.put(key, original);
    }
    return original;
  }

  /** A new object, by the constructor with these parameters. */
  Object construct(Class<?>[] parameters, Object[] arguments) throws Throwable {
    return constructor(MethodType.methodType(void.class, parameters)).invoke(arguments);
  }

  private synchronized MethodHandle constructor(MethodType shape)
      throws ReflectiveOperationException {
    MethodHandle constructor = constructors.get(shape);
    if (constructor == null) {
      constructor =
          lookup
              .findConstructor(type, shape)
              .asType(MethodType.genericMethodType(shape.parameterCount()))
              .asSpreader(Object[].class, shape.parameterCount());
      constructors.put(shape, constructor);
    }
    return constructor;
  }

  /** Fills the field of an object. */
  void set(Object object, Object value) throws Throwable {
    setter.invoke(object, value);
  }
}
