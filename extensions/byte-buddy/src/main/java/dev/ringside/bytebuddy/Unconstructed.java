// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import java.lang.reflect.Constructor;

/**
 * Makes objects without calling their constructors, as deserialization does: by the platform's
 * {@code ReflectionFactory}, which is supported for that (JEP 260).
 */
final class Unconstructed {

  private Unconstructed() {}

  static Object newInstance(Class<?> type) throws ReflectiveOperationException {
    Class<?> factory = Class.forName("sun.reflect.ReflectionFactory"); // javac warns of its import
    Object instance = factory.getMethod("getReflectionFactory").invoke(null);
    Object constructor =
        factory
            .getMethod("newConstructorForSerialization", Class.class, Constructor.class)
            .invoke(instance, type, Object.class.getConstructor());
    return ((Constructor<?>) constructor).newInstance();
  }
}
