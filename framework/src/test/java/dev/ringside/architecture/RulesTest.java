// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of the house fails on classes planted to break it, and on those alone. */
class RulesTest {
  private static final String PLANTED = "dev.ringside.architecture.planted.";

  @Test
  void two_packages_that_import_each_other_are_a_cycle() {
    assertThat(violationsIn("cycle", Rules.packagesAreFreeOfCycles(PLANTED + "cycle")))
        .singleElement()
        .asString()
        .contains("Hen.lay()", "Egg.hatch()");
  }

  @Test
  void a_package_that_imports_its_own_floor_or_a_higher_one_or_is_on_none_is_named() {
    List<String> violations =
        violationsIn("floors", Rules.packagesImportOnlyLowerFloors(PLANTED + "floors"));

    assertThat(violations).hasSize(3);
    assertThat(violations)
        .anySatisfy(
            line -> assertThat(line).startsWith("packet (floor 0) imports the door (floor 12): "));
    assertThat(violations)
        .anySatisfy(line -> assertThat(line).startsWith("nic (floor 5) imports virt (floor 5): "));
    assertThat(violations)
        .anySatisfy(
            line -> assertThat(line).endsWith("'attic', which is on no floor: add it to Floors"));
  }

  @Test
  void every_way_to_an_unrepeatable_run_is_caught_and_nothing_else() throws Exception {
    List<String> violations =
        violationsIn("repeatable", Rules.runsAreRepeatable(PLANTED + "repeatable"));

    Class<?> planted = Class.forName(PLANTED + "repeatable.Unrepeatable");
    int ways = 0;
    for (var method : planted.getDeclaredMethods()) {
      if (!method.isSynthetic()) {
        ways++;
        assertThat(violations)
            .anyMatch(line -> line.contains("Unrepeatable." + method.getName() + "("));
      }
    }
    assertThat(violations).hasSize(ways);
  }

  @Test
  void a_ban_says_what_to_use_instead() {
    assertThat(violationsIn("repeatable", Rules.runsAreRepeatable(PLANTED + "repeatable")))
        .anyMatch(
            line -> line.startsWith("System.nanoTime/currentTimeMillis is banned, use the lab's"));
  }

  @Test
  void a_library_is_one_too_many() {
    assertThat(violationsIn("dependent", Rules.nothingIsNeededButTheJdk(PLANTED + "dependent")))
        .anyMatch(line -> line.contains("org.assertj.core.api.AbstractAssert"));
  }

  @Test
  void a_package_without_null_marking_is_named() {
    assertThat(violationsIn("unmarked", Rules.packagesAreNullMarked(PLANTED + "unmarked")))
        .containsExactly(
            PLANTED + "unmarked.Unmarked is in " + PLANTED + "unmarked, which is not @NullMarked");
  }

  private static List<String> violationsIn(String planted, ArchRule rule) {
    return rule.evaluate(new ClassFileImporter().importPackages(PLANTED + planted))
        .getFailureReport()
        .getDetails();
  }
}
