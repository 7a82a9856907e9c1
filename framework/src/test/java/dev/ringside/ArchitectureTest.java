// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.ringside.architecture.Rules;
import org.junit.jupiter.api.Test;

/**
 * The framework's own code keeps the rules of the house. That each rule can fail is seen in
 * RulesTest.
 */
class ArchitectureTest {
  private static final String BASE = "dev.ringside";
  private static final JavaClasses FRAMEWORK =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(BASE);

  @Test
  void there_is_something_to_check() {
    assertThat(FRAMEWORK.containPackage(BASE)).isTrue();
  }

  @Test
  void packages_are_free_of_cycles() {
    Rules.packagesAreFreeOfCycles(BASE).check(FRAMEWORK);
  }

  @Test
  void packages_import_only_lower_floors() {
    Rules.packagesImportOnlyLowerFloors(BASE).check(FRAMEWORK);
  }

  @Test
  void runs_are_repeatable() {
    Rules.runsAreRepeatable(BASE).check(FRAMEWORK);
  }

  @Test
  void nothing_is_needed_but_the_jdk() {
    Rules.nothingIsNeededButTheJdk(BASE).check(FRAMEWORK);
  }

  @Test
  void packages_are_null_marked() {
    Rules.packagesAreNullMarked(BASE).check(FRAMEWORK);
  }
}
