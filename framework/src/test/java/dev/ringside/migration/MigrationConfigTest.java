// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class MigrationConfigTest {

  private static final Duration NEGATIVE = Duration.ofNanos(-1);

  private static void refused(UnaryOperator<MigrationConfig> change, String message) {
    assertThatThrownBy(() -> change.apply(MigrationConfig.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void a_buffer_has_0_to_512_packets() {
    assertThat(MigrationConfig.DEFAULT.withBuffer(0).buffer()).isZero();
    assertThat(MigrationConfig.DEFAULT.withBuffer(512).buffer()).isEqualTo(512);
    refused(c -> c.withBuffer(-1), "buffer of -1 packets is not in 0 to 512");
    refused(c -> c.withBuffer(513), "buffer of 513 packets is not in 0 to 512");
  }

  @Test
  void times_are_not_negative() {
    refused(c -> c.withCopyTime(NEGATIVE), "copy time PT-0.000000001S of a migration is negative");
    refused(
        c -> c.withForward(NEGATIVE), "forwarding time PT-0.000000001S of a migration is negative");
    refused(
        c -> c.withRouterAfterMove(NEGATIVE, false),
        "time of the router PT-0.000000001S of a migration is negative");
    refused(
        c -> c.withAliasTime(NEGATIVE), "alias time PT-0.000000001S of a migration is negative");
  }
}
