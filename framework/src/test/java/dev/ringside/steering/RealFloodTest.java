// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.steering;

import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.Host;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.packet.PacketSpec;
import dev.ringside.trace.DropReason;
import dev.ringside.vm.VirtualMachine;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floods that were captured on a wire, against a guest with the addresses of the victim. */
class RealFloodTest {

  private static final VmSpec VICTIM =
      VmSpec.named("web").mac("02:00:5e:10:00:0b").ipv4("192.0.2.20").ipv6("2001:db8::b");

  /** The captures hold both directions; what the victim sent is not to come from the wire. */
  private static final PacketSpec TO_VICTIM = ip().to("192.0.2.20");

  @RegisterExtension private final TestLabs labs = new TestLabs();

  private Lab lab(boolean direct, int standbySlots) {
    return labs.open(
        host ->
            host.nic(NicConfig.DEFAULT.withStandbyRingCapacity(standbySlots))
                .virtualFunctions(direct ? 1 : 0)
                .vm(VICTIM));
  }

  private static Path capture(String name) {
    try {
      return Path.of(RealFloodTest.class.getResource("/captures/" + name + ".pcap").toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static long count(VirtualMachine vm, PacketMatcher which) {
    return vm.received().stream().filter(which::matches).count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_syn_flood_ends_in_the_standby_ring_and_http_and_pings_arrive(boolean direct) {
    Lab lab = lab(direct, 4_096);
    Host host = lab.host();
    VirtualMachine web = lab.vm("web");
    host.steering().contain(tcp().syn().to(web).port(80));

    lab.wire().replay(capture("syn-flood"), TO_VICTIM);

    assertThat(host.pnic("p0").standbyRing().packets())
        .hasSize(2_000)
        .allMatch(tcp().syn().port(80)::matches);
    assertThat(count(web, tcp().port(80))).isZero();
    assertThat(count(web, tcp().port(8_080))).isEqualTo(82);
    assertThat(count(web, icmp())).isEqualTo(10);
    assertThat(TestLabs.losses(lab)).isEmpty();
  }

  @Test
  void a_standby_ring_of_512_slots_counts_what_it_has_no_room_for() {
    Lab lab = lab(true, 512);
    lab.host().steering().contain(tcp().syn().port(80));

    lab.wire().replay(capture("syn-flood"), TO_VICTIM);

    assertThat(lab.host().pnic("p0").standbyRing().received()).isEqualTo(512);
    assertThat(lab.ledger().dropped(DropReason.CONTAINED)).isEqualTo(1_488);
  }

  @Test
  void a_detector_finds_the_flood_among_the_real_requests() {
    Lab lab = lab(true, 4_096);
    VirtualMachine web = lab.vm("web");
    Detection detection =
        lab.host().steering().detect(new SynRateDetector(50, Duration.ofSeconds(1)));

    lab.wire().replayTimed(capture("syn-flood"), TO_VICTIM::matches).finish();

    assertThat(detection.containments())
        .singleElement()
        .satisfies(
            flood -> {
              assertThat(flood.signature()).hasToString("tcp syn to 192.0.2.20 port 80");
              assertThat(flood.packets()).isEqualTo(2_000 - count(web, tcp().port(80)));
            });
    assertThat(count(web, tcp().port(80))).isLessThan(200);
    assertThat(count(web, tcp().port(8_080))).isEqualTo(82);
    assertThat(count(web, icmp())).isEqualTo(10);
  }

  @Test
  void a_udp_flood_is_contained_in_a_ring_of_its_own_and_in_software_without_one() {
    Lab lab = lab(false, 4_096);
    Host host = lab.host();
    VirtualMachine web = lab.vm("web");
    host.steering().steer("web").toRing(3);
    host.steering().contain(udp().fromPort(4_444).port(9));
    lab.wire().replay(capture("udp-flood"), TO_VICTIM);

    assertThat(host.pnic("p0").standbyRing().packets()).hasSize(2_000);
    assertThat(host.pnic("p0").receiveRing(3).received()).isEqualTo(10);
    assertThat(host.vnic("web").receiveRing().received()).isEqualTo(10);
    assertThat(web.received()).hasSize(10).allMatch(icmp()::matches);

    Lab poor = labs.open(h -> h.nic(NicConfig.DEFAULT.withStandbyRings(0)).vm(VICTIM));
    poor.host().steering().contain(udp().port(9));
    poor.wire().replay(capture("udp-flood"), TO_VICTIM);
    assertThat(poor.ledger().dropped(DropReason.CONTAINED_SW)).isEqualTo(2_000);
    assertThat(poor.vm("web").received()).extracting(Packet::protocol).containsOnly(1).hasSize(10);
  }
}
