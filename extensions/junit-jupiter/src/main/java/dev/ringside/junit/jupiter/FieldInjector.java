// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.junit.jupiter;

import dev.ringside.Lab;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Fills the fields of a test, and takes over the labs that it finds in them. */
final class FieldInjector {

  private FieldInjector() {}

  /** Before the first test of a class: static fields, and instances that all its tests share. */
  static void fillClass(ClassLabs labs, List<Object> instances) {
    synchronized (labs.run()) {
      for (InjectedField field : labs.plan().staticFields()) {
        adoptStatic(labs, field);
      }
      for (InjectedField field : labs.plan().staticFields()) {
        fillStatic(labs, field);
      }
    }
    for (Object instance : instances) {
      if (!labs.shares(instance)) {
        labs.share(instance);
        fillShared(labs, instance);
      }
    }
  }

  private static void adoptStatic(ClassLabs labs, InjectedField field) {
    if (field.isLab() && field.get(null) instanceof Lab built && !labs.owns(built)) {
      if (field.isInherited(labs.plan().type())) {
        labs.run().adopted().adopt(field, built);
        labs.useRun();
      } else {
        labs.adopted().adopt(field, built);
      }
    }
  }

  private static void fillStatic(ClassLabs labs, InjectedField field) {
    if (field.point().declared().scope() == Scope.RUN) {
      labs.useRun();
    }
    if (field.isLab() && field.get(null) instanceof Lab built && isBuilt(labs, built)) {
      return;
    }
    field.set(null, field.point().choose(labs.sharedLab(field.point())));
    labs.filled(field);
  }

  private static boolean isBuilt(ClassLabs labs, Lab built) {
    return labs.adopted().owns(built) || labs.run().adopted().owns(built);
  }

  private static void fillShared(ClassLabs labs, Object instance) {
    for (InjectedField field : fieldsOf(labs, instance)) {
      if (field.isLab() && field.get(instance) instanceof Lab built && !labs.owns(built)) {
        labs.adopted().adopt(field, built);
      }
    }
    for (InjectedField field : fieldsOf(labs, instance)) {
      if (field.isOfTheClass() && field.get(instance) == null) {
        field.set(instance, field.point().choose(labs.sharedLab(field.point())));
      }
    }
  }

  /** Before each test: the fields of its instances. */
  static void fillTest(TestLabs test, ExtensionContext context) {
    List<Object> instances = context.getRequiredTestInstances().getAllInstances();
    for (Object instance : instances) {
      if (!test.classLabs().shares(instance)) {
        adopt(test, instance);
      }
    }
    for (Object instance : instances) {
      fill(test, instance, context);
    }
  }

  private static void adopt(TestLabs test, Object instance) {
    for (InjectedField field : fieldsOf(test.classLabs(), instance)) {
      if (field.isLab() && field.get(instance) instanceof Lab built && !test.isOfAnother(built)) {
        test.adopted().adopt(field, built);
      }
    }
  }

  private static void fill(TestLabs test, Object instance, ExtensionContext context) {
    boolean shared = test.classLabs().shares(instance);
    for (InjectedField field : fieldsOf(test.classLabs(), instance)) {
      boolean ofTheClass = shared && field.isOfTheClass();
      if (!ofTheClass && !isBuilt(test, field, instance)) {
        if (shared && context.getExecutionMode() == ExecutionMode.CONCURRENT) {
          throw new IllegalStateException(
              field.point().place()
                  + " is shared by tests that run at the same time; ask for a parameter instead,"
                  + " or share the lab, too: @LabScope(Scope.CLASS)");
        }
        field.set(instance, field.point().choose(test.labFor(field.point())));
      }
    }
  }

  private static boolean isBuilt(TestLabs test, InjectedField field, Object instance) {
    return field.isLab()
        && field.get(instance) instanceof Lab built
        && (test.adopted().owns(built) || test.classLabs().owns(built));
  }

  private static List<InjectedField> fieldsOf(ClassLabs labs, Object instance) {
    for (ClassLabs level = labs; level != null; level = level.outer()) {
      if (level.plan().type() == instance.getClass()) {
        return level.plan().instanceFields();
      }
    }
    return List.of();
  }
}
