// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.stack;

import static dev.ringside.packet.Packets.udp;
import static dev.ringside.stack.Bench.A;
import static dev.ringside.stack.Bench.B;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.IpProtocol;
import dev.ringside.packet.Packet;
import dev.ringside.packet.UdpSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What was cut can be put together again. */
class FragmentationProperties {

  private static final byte[] IPV4_OPTIONS = {7, 7, 4, 0, 0, 0, 0, (byte) 0x94, 4, 0, 0, 1};

  @Property(tries = 500)
  void a_packet_that_was_cut_becomes_the_same_packet_in_any_order(
      @ForAll @IntRange(max = 9_000) int payload,
      @ForAll @IntRange(min = 96, max = 1_500) int mtu,
      @ForAll boolean ipv6,
      @ForAll boolean withOptions,
      @ForAll @Size(max = 2) List<@IntRange(max = 4_095) Integer> vlans,
      @ForAll Random order) {
    Packet packet = packet(payload, ipv6, withOptions, vlans);

    List<Packet> fragments = new ArrayList<>(Fragmentation.split(packet, mtu));
    assertThat(fragments).allMatch(f -> f.endOffset() - f.networkOffset() <= mtu);
    Collections.shuffle(fragments, order);

    Bench bench = new Bench();
    bench.receive(fragments);
    assertThat(bench.inbox.packets()).hasSize(1);
    assertThat(bench.inbox.packets().get(0).toByteArray()).isEqualTo(packet.toByteArray());
    assertThat(bench.stack.live()).isZero();
    bench.checkLaw();
  }

  @Property(tries = 300)
  void it_does_not_matter_how_often_a_packet_is_cut(
      @ForAll @IntRange(min = 1_500, max = 9_000) int payload,
      @ForAll @IntRange(min = 576, max = 1_500) int firstMtu,
      @ForAll @IntRange(min = 96, max = 576) int secondMtu,
      @ForAll boolean ipv6) {
    Packet packet = packet(payload, ipv6, false, List.of());
    Bench bench = new Bench();

    for (Packet fragment : Fragmentation.split(packet, firstMtu)) {
      bench.receive(Fragmentation.split(fragment, secondMtu));
    }

    assertThat(bench.inbox.packets()).hasSize(1);
    assertThat(bench.inbox.packets().get(0).toByteArray()).isEqualTo(packet.toByteArray());
  }

  private static Packet packet(
      int payload, boolean ipv6, boolean withOptions, List<Integer> vlans) {
    UdpSpec spec = udp().from(A).to(B).port(9).payloadSize(payload);
    spec = ipv6 ? spec.ipv6() : spec.identification(0xbeef);
    if (withOptions) {
      spec =
          ipv6
              ? spec.extension(IpProtocol.HOP_BY_HOP, new byte[8])
                  .extension(IpProtocol.DESTINATION_OPTIONS, new byte[8])
              : spec.ipOptions(IPV4_OPTIONS);
    }
    for (int vlan : vlans) {
      spec = spec.vlan(vlan);
    }
    return spec.toPacket();
  }
}
