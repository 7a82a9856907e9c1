// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.steering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.Host;
import dev.ringside.jqwik.Attack;
import dev.ringside.nic.NicConfig;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.properties.model.SteeringTwin;
import dev.ringside.steering.Containment;
import dev.ringside.trace.DropReason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Attacks that come, overlap, are contained, end, and cards that fail: as the naive twin says. */
class SteeringTwinProperties {

  @Provide
  Arbitrary<SteeringScript> scripts() {
    return SteeringScript.arbitrary();
  }

  @Property(tries = 500)
  void every_packet_ends_where_the_twin_says(
      @ForAll("scripts") SteeringScript script,
      @ForAll boolean direct,
      @ForAll @IntRange(max = 3) int rings,
      @ForAll @IntRange(max = 8) int capacity) {
    NicConfig config = NicConfig.DEFAULT.withStandbyRings(rings).withStandbyRingCapacity(capacity);
    try (Lab lab = Steered.lab(direct, 2, config)) {
      SteeringTwin twin = new SteeringTwin(lab.vm("web"), direct, rings, capacity);
      new Run(lab, twin).all(script);
    }
  }

  @Test
  void a_twin_with_one_ring_more_disagrees() {
    NicConfig config = NicConfig.DEFAULT.withStandbyRings(1);
    try (Lab lab = Steered.lab(false, 2, config)) {
      SteeringTwin twin = new SteeringTwin(lab.vm("web"), false, 2, 512);
      Run run = new Run(lab, twin);
      run.contain(Attack.SYN_FLOOD);
      run.contain(Attack.UDP_FLOOD);
      Packet packet = lab.wire().send(Attack.UDP_FLOOD.packet(lab.vm("web"), 1));
      twin.receive(packet);

      assertThat(lab.ledger().dropped(DropReason.CONTAINED_SW)).isNotEqualTo(twin.inSoftware());
    }
  }

  /** A script in the lab and in the twin. */
  private static final class Run {
    private final Lab lab;
    private final Host host;
    private final SteeringTwin twin;
    private final Map<Attack, Containment> containments = new EnumMap<>(Attack.class);

    Run(Lab lab, SteeringTwin twin) {
      this.lab = lab;
      this.host = lab.host();
      this.twin = twin;
    }

    void all(SteeringScript script) {
      for (SteeringScript.Step step : script.steps()) {
        switch (step.kind()) {
          case SEND -> twin.receive(lab.wire().send(step.part().to(lab.vm("web"))));
          case CONTAIN -> contain(step.attack());
          case REMOVE -> remove(step.attack());
          case FAIL_OVER -> failOver();
        }
        compare(step);
      }
      assertThat(lab.ledger().violations()).isEmpty();
    }

    void contain(Attack attack) {
      containments.put(attack, host.steering().contain(attack.signature(lab.vm("web"))));
      twin.contain(attack);
    }

    private void remove(Attack attack) {
      Containment containment = containments.remove(attack);
      if (containment != null) {
        containment.remove();
      }
      twin.remove(attack);
    }

    private void failOver() {
      PhysicalNic active = active();
      active.fail();
      active.repair();
      twin.failOver();
    }

    private PhysicalNic active() {
      return host.pnic(String.valueOf(host.aggregator().activeName()));
    }

    private void compare(SteeringScript.Step step) {
      PhysicalNic nic = active();
      for (int i = 0; i < nic.config().standbyRings(); i++) {
        assertThat(ids(nic.standbyRing(i).packets()))
            .as("ring %d after %s", i, step)
            .isEqualTo(ids(twin.ring(i)));
      }
      assertThat(ids(lab.vm("web").received().stream().filter(this::isForeign).toList()))
          .as("delivered after %s", step)
          .isEqualTo(ids(twin.delivered()));
      assertThat(lab.ledger().dropped(DropReason.CONTAINED_SW)).isEqualTo(twin.inSoftware());
    }

    /** Not an answer to something that the guest has asked itself, such as ARP. */
    private boolean isForeign(Packet packet) {
      return packet.ipVersion() != 0;
    }

    private static List<Long> ids(List<Packet> packets) {
      return packets.stream().map(Packet::id).toList();
    }
  }
}
