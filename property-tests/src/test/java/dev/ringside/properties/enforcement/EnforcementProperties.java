// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.enforcement;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.host.VmSpec;
import dev.ringside.jqwik.scenario.LabTopology;
import dev.ringside.nic.FunctionLink;
import dev.ringside.nic.VirtualFunction;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import dev.ringside.trace.DropReason;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Law 7: a device enforces what it is told; nothing is only stored. */
class EnforcementProperties {

  private static final LabTopology ONE = LabTopology.of(1, 1, VmSpec.named("vm1"));
  private static final MacAddress OTHER = MacAddress.of("02:00:00:00:00:99");

  /** How a virtual function is set, and what its guest sends or is sent. */
  private record Setting(
      int vlan, boolean spoofCheck, FunctionLink link, int tag, boolean otherMac) {

    void applyTo(VirtualFunction function) {
      function.setVlan(vlan);
      function.setSpoofCheck(spoofCheck);
      function.setLink(link);
    }

    UdpSpec tagged(UdpSpec spec) {
      return tag == 0 ? spec : spec.vlan(tag);
    }

    /** What becomes of a packet that the guest sends; null: it leaves. */
    @Nullable DropReason sent() {
      if (link == FunctionLink.DISABLED) {
        return DropReason.LINK_DOWN;
      }
      if (spoofCheck && otherMac) {
        return DropReason.SPOOFED;
      }
      return vlan != 0 && tag != 0 ? DropReason.VLAN_FILTERED : null;
    }

    /** What becomes of a packet that comes for the guest; null: it arrives. */
    @Nullable DropReason received() {
      if (otherMac) {
        return DropReason.NO_MATCH;
      }
      if (vlan != 0 && tag != vlan) {
        return DropReason.VLAN_FILTERED;
      }
      return link == FunctionLink.DISABLED ? DropReason.LINK_DOWN : null;
    }
  }

  @Provide
  Arbitrary<Setting> settings() {
    return Combinators.combine(
            Arbitraries.of(0, 100, 200),
            Arbitraries.of(true, false),
            Arbitraries.of(FunctionLink.values()),
            Arbitraries.of(0, 100, 200),
            Arbitraries.of(false, true))
        .as(Setting::new);
  }

  @Property
  void a_packet_of_the_guest_meets_the_settings_of_its_function(
      @ForAll("settings") Setting setting) {
    try (Lab lab = Lab.of(ONE)) {
      setting.applyTo(lab.host().pnic("p0").virtualFunction(0));
      assertThat(outcomeOfSending(lab, setting)).isEqualTo(setting.sent());
    }
  }

  private static @Nullable DropReason outcomeOfSending(Lab lab, Setting setting) {
    UdpSpec spec = setting.tagged(udp().to(lab.wire()));
    Packet packet = lab.vm("vm1").send(setting.otherMac ? spec.fromMac(OTHER) : spec);
    return lab.trace(packet).last().reason();
  }

  @Property
  void a_packet_for_the_guest_meets_the_settings_of_its_function(
      @ForAll("settings") Setting setting) {
    try (Lab lab = Lab.of(ONE)) {
      setting.applyTo(lab.host().pnic("p0").virtualFunction(0));
      UdpSpec spec = setting.tagged(udp().to(lab.vm("vm1")));
      Packet packet = lab.wire().send(setting.otherMac ? spec.toMac(OTHER) : spec);
      assertThat(lab.trace(packet).last().reason()).isEqualTo(setting.received());
    }
  }

  @Property(tries = 50)
  void a_guest_does_not_exceed_its_rate_by_more_than_a_packet(
      @ForAll @IntRange(min = 1, max = 100) int megabits,
      @ForAll @IntRange(min = 1, max = 40) int packets) {
    try (Lab lab = Lab.of(ONE)) {
      lab.host().pnic("p0").virtualFunction(0).setRate(0, megabits * 1_000_000L);
      for (int i = 0; i < packets; i++) {
        lab.vm("vm1").send(udp().to(lab.wire()).payloadSize(958)); // 1,000 bytes with headers
      }
      for (int milliseconds = 1; milliseconds <= 5; milliseconds++) {
        lab.advance(Duration.ofMillis(1));
        long mostBits = megabits * 1_000L * milliseconds + 8_000;
        assertThat(8_000L * lab.wire().received().size()).isLessThanOrEqualTo(mostBits);
      }
      lab.advance(Duration.ofSeconds(1));
      assertThat(lab.wire().received()).hasSize(packets);
    }
  }

  @Test
  void a_check_that_is_only_stored_is_found() {
    Setting spoofed = new Setting(0, true, FunctionLink.AUTO, 0, true);
    try (Lab lab = Lab.of(ONE)) {
      lab.host().pnic("p0").virtualFunction(0).setSpoofCheck(false); // as if it had no effect
      assertThat(outcomeOfSending(lab, spoofed)).isNotEqualTo(spoofed.sent());
    }
  }
}
