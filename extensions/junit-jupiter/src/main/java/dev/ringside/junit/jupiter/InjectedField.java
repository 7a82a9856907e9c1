// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** A field of a test class that gets a lab or a device, or holds a lab that the test has built. */
record InjectedField(Field field, InjectionPoint point) {

  static InjectedField of(Field field, Declared declared, boolean alone) {
    String place = place(field);
    if (declared.isManaged() && field.getType() != Lab.class) {
      throw new IllegalArgumentException(
          place + ": @Managed is for a Lab; use @Device for a " + field.getType().getSimpleName());
    }
    if (!field.trySetAccessible()) {
      throw new IllegalArgumentException(
          place
              + " cannot be set; open the package "
              + field.getDeclaringClass().getPackageName()
              + " to dev.ringside.junit.jupiter");
    }
    InjectionPoint point = new InjectionPoint(field.getType(), declared, alone, field);
    return new InjectedField(field, point);
  }

  static String place(Field field) {
    return "field '" + field.getName() + "' of " + field.getDeclaringClass().getSimpleName();
  }

  @Nullable Object get(@Nullable Object instance) {
    try {
      return field.get(instance);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(point.place() + " cannot be read", e);
    }
  }

  void set(@Nullable Object instance, Object value) {
    if (Modifier.isFinal(field.getModifiers())) {
      throw new IllegalArgumentException(
          point.place() + " is final and gets its value later; take final away");
    }
    try {
      field.set(instance, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(point.place() + " cannot be set", e);
    }
  }

  /** Takes the value away. */
  void clear() {
    try {
      field.set(null, null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(point.place() + " cannot be cleared", e);
    }
  }

  boolean isInherited(Class<?> heir) {
    return field.getDeclaringClass() != heir;
  }

  boolean isStatic() {
    return Modifier.isStatic(field.getModifiers());
  }

  /** Whether all tests of the class share its value. */
  boolean isOfTheClass() {
    Scope scope = point.declared().scope();
    return isStatic() || scope == Scope.CLASS || scope == Scope.RUN;
  }

  /** Whether it may hold a lab of the test's own. */
  boolean isLab() {
    return field.getType() == Lab.class;
  }
}
