// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.RingsideAssertions.assertThat;

import dev.ringside.Lab;
import org.assertj.core.api.AbstractSoftAssertions;
import org.assertj.core.api.junit.jupiter.SoftAssertionsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Soft assertions as AssertJ's own extension gives them to a test. */
@ExtendWith(SoftAssertionsExtension.class)
class InjectedSoftAssertionsTest {

  /** What users compose of several providers. */
  static class OurSoftAssertions extends AbstractSoftAssertions
      implements RingsideSoftAssertionsProvider, BddRingsideSoftAssertionsProvider {}

  @Test
  void are_injected(SoftRingsideAssertions softly) {
    try (Lab lab = Labs.oneNic()) {
      softly.assertThat(lab.vm("web")).hasDirectAccessThrough("p0").receivedNothing();
      softly.assertThat(lab.wire().name()).isEqualTo("station");
      assertThat(softly.wasSuccess()).isTrue();
    }
  }

  @Test
  void can_be_composed_with_those_of_others() {
    try (Lab lab = Labs.oneNic()) {
      OurSoftAssertions softly = new OurSoftAssertions();
      softly.assertThat(lab).hasHosts("h2");
      softly.then(lab.host()).hasPnics("p7");
      assertThat(softly.assertionErrorsCollected()).hasSize(2);
    }
  }
}
