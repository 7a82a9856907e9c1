// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.CapturedPacket;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another dissector reads in every frame what this one reads, and agrees on the checksums. */
class DissectorTest {

  static Stream<Packet> samples() {
    return SamplePackets.all().stream().map(PacketSpec::toPacket);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_other_dissector_reads_the_same_in_what_was_built(Packet packet) {
    Pcap4jDissector theirs = Pcap4jDissector.dissect(packet);

    assertSame(packet, theirs);
    assertThat(theirs.wrongChecksums).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"everyday", "syn-flood", "udp-flood", "vlan-qinq"})
  void the_other_dissector_reads_the_same_in_real_frames(String capture) {
    for (CapturedPacket captured : Captures.read(capture)) {
      assertSame(captured.packet(), Pcap4jDissector.dissect(captured.packet()));
    }
  }

  private static void assertSame(Packet packet, Pcap4jDissector theirs) {
    assertThat(theirs.fields).hasSizeGreaterThan(3);
    for (Map.Entry<Field, Object> entry : theirs.fields.entrySet()) {
      Field field = entry.getKey();
      Object ours =
          field.isNumber() ? FieldReader.number(field, packet) : FieldReader.object(field, packet);
      assertThat(ours).as("%s of %s", field.label, packet).isEqualTo(entry.getValue());
    }
    String fault = packet.checksumFault();
    if (theirs.wrongChecksums.isEmpty()) {
      assertThat(fault).as("checksum of %s", packet).isNull();
    } else {
      assertThat(fault)
          .as("checksum of %s", packet)
          .startsWith(theirs.wrongChecksums.get(0) + " checksum ");
    }
  }

  @Test
  void the_dissectors_agree_on_which_checksums_are_wrong() {
    Endpoint web = SamplePackets.WEB;
    for (Packet packet :
        new Packet[] {
          Packets.udp().to(web).checksum(0xbad).toPacket(),
          Packets.udp().to(web).ipv6().checksum(0).toPacket(),
          Packets.tcp().to(web).checksum(0).toPacket(),
          Packets.tcp().to(web).ipChecksum(0xbad).toPacket(),
          Packets.icmp().to(web).checksum(0xbad).toPacket(),
          Packets.icmpv6().to(web).checksum(0xbad).toPacket(),
        }) {
      Pcap4jDissector theirs = Pcap4jDissector.dissect(packet);

      assertThat(theirs.wrongChecksums).as(packet.toString()).isNotEmpty();
      assertSame(packet, theirs);
    }
  }
}
