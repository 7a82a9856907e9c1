// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AggregatorConfigTest {

  private static final AggregatorConfig DEFAULT = AggregatorConfig.DEFAULT;

  @Test
  void each_setting_changes_nothing_else() {
    FailoverPolicy policy = FailoverPolicies.primary("p1", PrimaryReselect.BETTER);
    AggregatorConfig all =
        DEFAULT
            .withPolicy(policy)
            .withInFlight(InFlight.LOSE)
            .withHoldCapacity(1)
            .withDownDelay(Duration.ofMillis(2))
            .withUpDelay(Duration.ofMillis(3))
            .withStepDelay(Duration.ofMillis(4))
            .withAnnouncements(5)
            .withAnnouncementInterval(Duration.ofMillis(6));

    assertThat(all)
        .isEqualTo(
            new AggregatorConfig(
                policy,
                InFlight.LOSE,
                1,
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                Duration.ofMillis(4),
                5,
                Duration.ofMillis(6)));
  }

  @Test
  void nothing_may_be_negative() {
    assertThatThrownBy(() -> DEFAULT.withHoldCapacity(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hold capacity -1 and announcements 1 must not be negative");
    assertThatThrownBy(() -> DEFAULT.withAnnouncements(-2))
        .hasMessage("hold capacity 256 and announcements -2 must not be negative");
    assertThatThrownBy(() -> DEFAULT.withDownDelay(Duration.ofMillis(-1)))
        .hasMessage("down delay PT-0.001S must not be negative");
    assertThatThrownBy(() -> DEFAULT.withUpDelay(Duration.ofMillis(-1)))
        .hasMessage("up delay PT-0.001S must not be negative");
    assertThatThrownBy(() -> DEFAULT.withStepDelay(Duration.ofMillis(-1)))
        .hasMessage("step delay PT-0.001S must not be negative");
    assertThatThrownBy(() -> DEFAULT.withAnnouncementInterval(Duration.ofMillis(-1)))
        .hasMessage("announcement interval PT-0.001S must not be negative");
  }
}
