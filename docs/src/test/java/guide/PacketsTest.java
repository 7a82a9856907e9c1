// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.arp;
import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.packet.Malformation;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSpec;
import dev.ringside.packet.UdpSpec;
import dev.ringside.vm.VirtualMachine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PacketsTest {

  @Test
  void one_sentence_builds_a_packet_and_recognizes_it() {
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      // tag::sentence[]
      UdpSpec query = udp().to(web).port(53).payload("query");

      Packet packet = query.toPacket();

      assertThat(packet).matches(query).matches(udp().port(53)).doesNotMatch(tcp());
      assertThat(udp().port(54).mismatches(packet))
          .hasToString("[destination port: expected 54, was 53]");
      // end::sentence[]
    }
  }

  @Test
  void there_are_words_for_every_layer() {
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      VirtualMachine db = lab.vm("vm2");
      // tag::words[]
      PacketSpec[] sentences = {
        tcp().from(web).fromPort(40_000).to(db).port(5432).syn(),
        udp().ipv6().to(db).port(53).payloadSize(1_400),
        icmp().echoRequest(1, 7).to(web).ttl(3).payload("ping"),
        arp().request().to(web),
        ip(89).to("192.0.2.0").toMac("02:00:5e:10:00:0b").dscp(48),
        udp().to(web).vlan(300).vlan(5, 3),
        ethernet(0x88cc).to(web).payload(new byte[] {1, 2, 3}),
      };
      // end::words[]
      StringBuilder lines = new StringBuilder();
      for (PacketSpec sentence : sentences) {
        lines.append(sentence.toPacket()).append('\n');
      }
      Output.assertShown("packets.txt", lines.toString());
    }
  }

  @Test
  void a_prefix_recognizes_and_does_not_send() {
    try (Lab lab = Lab.open()) {
      // tag::prefix[]
      PacketSpec attack = tcp().syn().from("198.51.100.0/24").port(80);
      Packet syn = tcp().syn().from("198.51.100.7").to(lab.vm("vm1")).port(80).toPacket();

      assertThat(syn).matches(attack);
      // end::prefix[]
    }
  }

  @Test
  void wrong_packets_can_be_built() {
    try (Lab lab = Lab.open()) {
      VirtualMachine web = lab.vm("vm1");
      // tag::wrong[]
      Packet lying = udp().to(web).totalLength(20_000).toPacket();
      assertThat(lying.malformation()).isEqualTo(Malformation.IPV4_TOTAL_LENGTH_EXCEEDS_FRAME);
      assertThat(lying.malformationDescription())
          .isEqualTo("ipv4 total length 20000 exceeds the 46 bytes present");

      Packet badChecksum = udp().to(web).checksum(0xbad).toPacket();
      assertThat(badChecksum).isWellFormed().hasWrongChecksum();
      assertThat(badChecksum.checksumFault()).startsWith("udp checksum 0xbad");
      // end::wrong[]
    }
  }

  @Test
  void any_bytes_are_a_packet() {
    // tag::bytes[]
    Packet cut = Packet.of(new byte[9]);
    assertThat(cut.malformationDescription())
        .isEqualTo("ethernet header needs 14 bytes, 9 are present");

    Packet whole = ethernet().toMac("02:00:5e:10:00:0b").toPacket();
    byte[] bytes = whole.toByteArray();
    Arrays.fill(bytes, 0, 6, (byte) 0xff);
    assertThat(whole.destinationMac()).hasToString("02:00:5e:10:00:0b"); // immutable
    // end::bytes[]
  }

  @Test
  void a_destination_must_be_said() {
    // tag::destination[]
    assertThatThrownBy(() -> udp().port(53).toPacket())
        .hasMessage("udp packet has no destination; say to(vm), or to(ip) and toMac(mac)");
    // end::destination[]
  }
}
