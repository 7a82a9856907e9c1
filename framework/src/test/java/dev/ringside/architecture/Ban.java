// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Methods and constructors that break "same seed, same run", each with what to use instead. */
record Ban(String what, Predicate<CodeUnitAccessTarget> applies, String instead) {
  private static final String ORDERED = "use LinkedHashMap, LinkedHashSet, EnumMap or a list";
  private static final String SALTED =
      "its order differs from JVM to JVM: use List.of, or an unmodifiable view of a LinkedHashMap";
  private static final String VIRTUAL = "use the lab's virtual clock";
  private static final String SEEDED = "use a generator derived from the lab's Seed";

  private static final List<Ban> ALL =
      List.of(
          call(System.class, VIRTUAL, "nanoTime", "currentTimeMillis"),
          call(Thread.class, VIRTUAL, "sleep"),
          wallClockOf("java.time"),
          call(System.class, "give it a name or a number of its own", "identityHashCode"),
          call(Math.class, SEEDED, "random"),
          call(StrictMath.class, SEEDED, "random"),
          call(java.util.UUID.class, SEEDED, "randomUUID"),
          create(SEEDED, "java.util.Random", "java.util.SplittableRandom"),
          create(SEEDED, "java.security.SecureRandom"),
          call(java.util.concurrent.ThreadLocalRandom.class, SEEDED, "current"),
          create(ORDERED, "java.util.HashMap", "java.util.HashSet", "java.util.Hashtable"),
          create(ORDERED, "java.util.IdentityHashMap", "java.util.WeakHashMap"),
          create(ORDERED, "java.util.concurrent.ConcurrentHashMap"),
          call(java.util.concurrent.ConcurrentHashMap.class, ORDERED, "newKeySet"),
          salted(java.util.Set.class, 1),
          salted(java.util.Map.class, 2),
          call(java.util.stream.Collectors.class, ORDERED, "toSet", "toUnmodifiableSet"),
          call(java.util.stream.Collectors.class, ORDERED, "toUnmodifiableMap"),
          defaultMapOf("toMap", 4),
          defaultMapOf("groupingBy", 3));

  /** The rule that nothing below {@code base} calls what is banned, directly or by reference. */
  static ArchRule keepsRunsRepeatable(String base) {
    return classes()
        .that()
        .resideInAPackage(base + "..")
        .should(callNothingBanned())
        .because("two runs with one seed must be the same run, on any JDK")
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> callNothingBanned() {
    return new ArchCondition<>("call nothing that differs from run to run") {
      @Override
      public void check(JavaClass javaClass, ConditionEvents events) {
        javaClass.getCodeUnitCallsFromSelf().forEach(call -> check(call, events));
        javaClass.getCodeUnitReferencesFromSelf().forEach(reference -> check(reference, events));
      }

      private void check(JavaCodeUnitAccess<?> access, ConditionEvents events) {
        for (Ban ban : ALL) {
          if (ban.applies.test(access.getTarget())) {
            String complaint = "%s is banned, %s: %s";
            events.add(
                violated(
                    access, complaint.formatted(ban.what, ban.instead, access.getDescription())));
          }
        }
      }
    };
  }

  private static Ban call(Class<?> owner, String instead, String... names) {
    Set<String> methods = Set.of(names);
    String what = owner.getSimpleName() + "." + String.join("/", names);
    return new Ban(
        what, target -> isOwnedBy(target, owner) && methods.contains(target.getName()), instead);
  }

  private static Ban create(String instead, String... owners) {
    Set<String> types = Set.of(owners);
    return new Ban(
        "new " + String.join("/", owners),
        target -> target.getName().equals("<init>") && types.contains(target.getOwner().getName()),
        instead);
  }

  /** {@code Instant.now()}, {@code Clock.systemUTC()} and their like; a given clock is fine. */
  private static Ban wallClockOf(String timePackage) {
    return new Ban(
        "the wall clock",
        target ->
            target.getOwner().getPackageName().equals(timePackage)
                && (isNowWithoutClock(target) || target.getName().matches("system.*|tick.+")),
        VIRTUAL);
  }

  private static boolean isNowWithoutClock(CodeUnitAccessTarget target) {
    return target.getName().equals("now")
        && target.getRawParameterTypes().stream()
            .noneMatch(type -> type.isEquivalentTo(java.time.Clock.class));
  }

  /** Immutable sets and maps are salted per JVM as soon as they hold more than one element. */
  private static Ban salted(Class<?> owner, int harmlessParameters) {
    return new Ban(
        owner.getSimpleName() + ".of/ofEntries/copyOf",
        target -> isOwnedBy(target, owner) && !isHarmless(target, harmlessParameters),
        SALTED);
  }

  private static boolean isHarmless(CodeUnitAccessTarget target, int harmlessParameters) {
    List<JavaClass> parameters = target.getRawParameterTypes();
    boolean few =
        parameters.size() <= harmlessParameters
            && parameters.stream().noneMatch(JavaClass::isArray);
    return switch (target.getName()) {
      case "of" -> few;
      case "ofEntries", "copyOf" -> false;
      default -> true;
    };
  }

  /** Those collectors take the map to fill only with all their parameters. */
  private static Ban defaultMapOf(String collector, int allParameters) {
    return new Ban(
        "Collectors." + collector + " without a map to fill",
        target ->
            isOwnedBy(target, java.util.stream.Collectors.class)
                && target.getName().equals(collector)
                && target.getRawParameterTypes().size() < allParameters,
        ORDERED);
  }

  private static boolean isOwnedBy(CodeUnitAccessTarget target, Class<?> owner) {
    return target.getOwner().isEquivalentTo(owner);
  }
}
