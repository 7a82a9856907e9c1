// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.wire;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.AggregatorConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CablePluggingTest {

  @Test
  void what_has_waited_for_the_signal_gets_through_when_the_cable_is_plugged_in() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .pnics(2)
        .vms("vm1")
        .aggregator(AggregatorConfig.DEFAULT.withStepDelay(Duration.ofMillis(1)));
    try (Lab lab = builder.open()) {
      lab.cable("p0").unplug();
      lab.vm("vm1").send(udp().to(lab.wire()));
      assertThat(lab.wire().received()).isEmpty();

      lab.cable("p0").plug();

      assertThat(lab.wire().received()).hasSize(1);
    }
  }
}
