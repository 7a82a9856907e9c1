// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import org.jspecify.annotations.NullMarked;

/** The rules of the house, each for the packages below a base, so that tests can see them fail. */
public final class Rules {
  private Rules() {}

  /** Matched from the parent of {@code base}, or the base package itself would escape. */
  public static ArchRule packagesAreFreeOfCycles(String base) {
    String parent = base.substring(0, base.lastIndexOf('.'));
    return slices()
        .matching(parent + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("a cycle is one package in disguise: move what both need to a lower one")
        .allowEmptyShould(true);
  }

  /** A package imports only lower floors, and none of its own floor. */
  public static ArchRule packagesImportOnlyLowerFloors(String base) {
    return Floors.importOnlyLowerFloors(base);
  }

  /** Nothing asks a wall clock, an unseeded generator or an unordered collection. */
  public static ArchRule runsAreRepeatable(String base) {
    return Ban.keepsRunsRepeatable(base);
  }

  /** Nothing but the JDK and the annotations of JSpecify is needed. */
  public static ArchRule nothingIsNeededButTheJdk(String base) {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(base + "..", "java..", "org.jspecify..")
        .because(
            "the framework works without any library: write the few lines, or put them into an"
                + " extension module")
        .allowEmptyShould(true);
  }

  /** Every package is null-marked: NullAway passes over the others without a word. */
  public static ArchRule packagesAreNullMarked(String base) {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .should(resideInANullMarkedPackage())
        .because("NullAway checks no other: add a package-info.java with @NullMarked")
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
          String complaint = "%s is in %s, which is not @NullMarked";
          events.add(
              violated(
                  javaClass, complaint.formatted(javaClass.getName(), javaClass.getPackageName())));
        }
      }
    };
  }
}
