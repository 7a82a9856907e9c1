// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;

/**
 * The floors of a tree of packages, lowest first. A package below one of these, such as {@code
 * packet.capture}, is part of it; the base package itself, the door, stands above all but the one
 * that opens and closes it for others.
 */
final class Floors {
  private static final List<List<String>> LOWEST_FIRST =
      List.of(
          List.of("packet", "time"),
          List.of("trace"),
          List.of("ring"),
          List.of("world"),
          List.of("flow", "memory", "bridge", "stack", "lacp"),
          List.of("wire", "nic", "aggregate", "virt", "monitor", "tcp"),
          List.of("vm", "steering"),
          List.of("transfer", "routing"),
          List.of("host"),
          List.of("chassis"),
          List.of("migration"),
          List.of("inspect"),
          List.of(""),
          List.of("page"),
          List.of("lifecycle"));

  private final String base;

  private Floors(String base) {
    this.base = base;
  }

  /** The rule that a package imports only lower floors, for the packages below {@code base}. */
  static ArchRule importOnlyLowerFloors(String base) {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .should(new Floors(base).importOnlyLowerFloors())
        .because(
            "data's way must be readable from the tree: let the lower package own a small interface"
                + " that the higher one implements, and let host wire packages of one floor")
        .allowEmptyShould(true);
  }

  private ArchCondition<JavaClass> importOnlyLowerFloors() {
    return new ArchCondition<>("import only lower floors") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        String room = roomOf(javaClass);
        if (floorOf(room) < 0) {
          String complaint = "%s is in package '%s', which is on no floor: add it to Floors";
          events.add(violated(javaClass, complaint.formatted(javaClass.getName(), room)));
          return;
        }
        for (Dependency dependency : javaClass.getDirectDependenciesFromSelf()) {
          if (isHere(dependency.getTargetClass())) {
            checkImport(room, dependency, events);
          }
        }
      }
    };
  }

  private void checkImport(String room, Dependency dependency, ConditionEvents events) {
    String target = roomOf(dependency.getTargetClass());
    if (!target.equals(room) && floorOf(target) >= floorOf(room)) {
      String complaint = "%s (floor %d) imports %s (floor %d): %s";
      events.add(
          violated(
              dependency,
              complaint.formatted(
                  nameOf(room),
                  floorOf(room),
                  nameOf(target),
                  floorOf(target),
                  dependency.getDescription())));
    }
  }

  private boolean isHere(JavaClass javaClass) {
    String name = javaClass.getPackageName();
    return name.equals(base) || name.startsWith(base + ".");
  }

  private String roomOf(JavaClass javaClass) {
    String below = javaClass.getPackageName().substring(base.length());
    return below.isEmpty() ? "" : below.split("\\.", -1)[1];
  }

  private static String nameOf(String room) {
    return room.isEmpty() ? "the door" : room;
  }

  /** Minus one for a package that is on no floor. */
  private static int floorOf(String room) {
    for (int floor = 0; floor < LOWEST_FIRST.size(); floor++) {
      if (LOWEST_FIRST.get(floor).contains(room)) {
        return floor;
      }
    }
    return -1;
  }
}
