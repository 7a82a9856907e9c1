// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import dev.ringside.lifecycle.LabCheck;
import dev.ringside.lifecycle.Lenience;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a test class and its superclasses say about labs. Read once for a class, then only used. */
final class ClassPlan {

  private final Class<?> type;

  /** Superclass first. */
  private final List<ClassLevel> levels = new ArrayList<>(2);

  private final List<InjectedField> instanceFields = new ArrayList<>(0);
  private final List<InjectedField> staticFields = new ArrayList<>(0);
  private final List<Lenience> leniences = new ArrayList<>(0);
  private final List<LabCheck> strict = new ArrayList<>(0);
  private final @Nullable Scope scope;

  /** Those of the methods that have run: many run more than once. */
  private final Map<Method, MethodPlan> methods = new LinkedHashMap<>();

  ClassPlan(Class<?> type) {
    this.type = type;
    addLevel(type);
    for (ClassLevel level : levels) {
      leniences.addAll(level.declared().sharedLeniences());
      strict.addAll(level.declared().strict());
      for (InjectedField field : level.fields()) {
        (field.isStatic() ? staticFields : instanceFields).add(field);
      }
    }
    this.scope = defaultScope();
  }

  private void addLevel(Class<?> level) {
    Class<?> above = level.getSuperclass();
    if (above != null && above != Object.class) {
      addLevel(above);
    }
    levels.add(new ClassLevel(level, level == type));
  }

  private @Nullable Scope defaultScope() {
    boolean ofTests = false;
    boolean ofTheClass = false;
    for (int i = levels.size() - 1; i >= 0; i--) {
      ClassLevel level = levels.get(i);
      if (level.declared().scope() != null) {
        return level.declared().scope();
      }
      ofTests |= level.describesTestLab();
      ofTheClass |= level.describesClassLab();
    }
    return ofTests ? Scope.TEST : ofTheClass ? Scope.CLASS : null;
  }

  Class<?> type() {
    return type;
  }

  List<InjectedField> staticFields() {
    return staticFields;
  }

  List<InjectedField> instanceFields() {
    return instanceFields;
  }

  /** What a test method of the class says. */
  MethodPlan method(Method method) {
    synchronized (methods) {
      MethodPlan known = methods.get(method);
      if (known == null) {
        known = MethodPlan.of(type, method);
        methods.put(method, known);
      }
      return known;
    }
  }

  /** Checks that are asked for after all its tests. */
  List<LabCheck> strict() {
    return strict;
  }

  /** What the checks forgive all its tests. */
  List<Lenience> leniences() {
    return leniences;
  }

  /**
   * The lab that a test of the class gets by default; null if the class says nothing about labs.
   */
  @Nullable Scope scope() {
    return scope;
  }

  /** Whether this lab is in one of its static fields. */
  boolean hasStaticLab(Lab lab) {
    for (InjectedField field : staticFields) {
      if (field.isLab() && field.get(null) == lab) {
        return true;
      }
    }
    return false;
  }

  /** The superclass with static fields that want a lab; null if there is none. */
  @Nullable Class<?> ancestorWithStaticField() {
    for (InjectedField field : staticFields) {
      if (field.isInherited(type) && field.point().declared().scope() != Scope.RUN) {
        return field.field().getDeclaringClass();
      }
    }
    return null;
  }

  /** Whether the class has something to say about the lab that its tests share. */
  boolean describesClassLab() {
    for (ClassLevel level : levels) {
      Declared declared = level.declared();
      if (level.describesClassLab()
          || declared.describesLab()
          || declared.scope() != null
          || declared.seed() != null) {
        return true;
      }
    }
    return false;
  }

  /** Adds what it says to what was said further out. */
  void addTo(LabSpec spec, boolean classLab) {
    for (ClassLevel level : levels) {
      level.addTo(spec, classLab);
    }
  }
}
