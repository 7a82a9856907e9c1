// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.nic;

import static dev.ringside.packet.Packets.ethernet;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.packet.Packet;
import dev.ringside.time.Seed;
import dev.ringside.time.SeededRandom;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiveSideScalingTest {

  private static final String WEB = "02:00:00:00:00:01";

  private final ReceiveSideScaling scaling =
      new ReceiveSideScaling(new World(Seed.DEFAULT, 1, false), 4);

  // ---- the hash ----

  /** Microsoft, "Verifying the RSS Hash Calculation". */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          66.9.149.187    | 2794  | 161.142.100.80 | 1766  | 323e8fc2 | 51ccc178
          199.92.111.2    | 14230 | 65.69.140.83   | 4739  | d718262a | c626b0ea
          24.19.198.95    | 12898 | 12.22.207.184  | 38024 | d2d0a5de | 5c2b394a
          38.27.205.30    | 48228 | 209.142.163.6  | 2217  | 82989176 | afc7327f
          153.39.163.191  | 44251 | 202.188.127.2  | 1303  | 5d1809c5 | 10e828a2
          3ffe:2501:200:1fff::7                | 2794  | 3ffe:2501:200:3::1        | 1766  | 2cc18cd5 | 40207d3d
          3ffe:501:8::260:97ff:fe40:efab       | 14230 | ff02::1                   | 4739  | 0f0c461c | dde51bbf
          3ffe:1900:4545:3:200:f8ff:fe21:67cf  | 44251 | fe80::200:f8ff:fe21:67cf  | 38024 | 4b61e985 | 02d1feef
          """)
  void hashes_as_the_published_verification_suite(
      String from, int fromPort, String to, int port, String addresses, String withPorts) {
    Packet other = ip(89).from(from).to(to).toMac(WEB).toPacket();
    assertThat(Integer.toHexString(scaling.hash(other)))
        .isEqualTo(Integer.toHexString(Integer.parseUnsignedInt(addresses, 16)));
    int expected = Integer.parseUnsignedInt(withPorts, 16);
    Packet segment = tcp().from(from).fromPort(fromPort).to(to).port(port).toMac(WEB).toPacket();
    Packet datagram = udp().from(from).fromPort(fromPort).to(to).port(port).toMac(WEB).toPacket();
    assertThat(scaling.hash(segment)).isEqualTo(expected);
    assertThat(scaling.hash(datagram)).isEqualTo(expected);
    Packet tagged =
        tcp().from(from).fromPort(fromPort).to(to).port(port).toMac(WEB).vlan(5).vlan(6).toPacket();
    assertThat(scaling.hash(tagged)).isEqualTo(expected);
  }

  @Test
  void hashes_with_any_key_as_its_definition_says() {
    SeededRandom random = Seed.of(3).stream("keys");
    for (int i = 0; i < 200; i++) {
      byte[] key = bytes(random, ReceiveSideScaling.KEY_BYTES);
      byte[] flow = bytes(random, 12);
      scaling.setKey(key);
      Packet packet = packetOf(flow);

      assertThat(scaling.hash(packet)).isEqualTo(toeplitz(key, flow));
    }
  }

  private static byte[] bytes(SeededRandom random, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static Packet packetOf(byte[] flow) {
    byte[] frame =
        udp().from("198.51.100.1").to("198.51.100.2").toMac(WEB).toPacket().toByteArray();
    System.arraycopy(flow, 0, frame, 26, 12);
    return Packet.of(frame);
  }

  /**
   * "For each bit in the input: if it is 1, XOR the left-most 32 bits of the key; shift it left."
   */
  private static int toeplitz(byte[] key, byte[] input) {
    java.math.BigInteger bits = new java.math.BigInteger(1, key);
    int hash = 0;
    for (int i = 0; i < input.length * 8; i++) {
      if ((input[i / 8] & 0x80 >> i % 8) != 0) {
        hash ^= bits.shiftRight(key.length * 8 - 32 - i).intValue();
      }
    }
    return hash;
  }

  @Test
  void fragments_are_hashed_by_addresses_only_so_that_they_stay_together() {
    Packet other = ip(89).from("66.9.149.187").to("161.142.100.80").toMac(WEB).toPacket();
    var whole = udp().from("66.9.149.187").to("161.142.100.80").toMac(WEB);
    Packet first = whole.fromPort(2_794).fragment(0, true).payloadSize(32).toPacket();
    Packet later = whole.fragment(40, false).payloadSize(32).toPacket();

    assertThat(scaling.hash(first)).isEqualTo(scaling.hash(other)).isEqualTo(0x323e8fc2);
    assertThat(scaling.hash(later)).isEqualTo(scaling.hash(other));
  }

  @Test
  void what_is_not_ip_goes_to_the_first_ring() {
    Packet frame = ethernet().toMac(WEB).toPacket();

    assertThat(scaling.hash(frame)).isZero();
    assertThat(scaling.ringOf(frame)).isZero();
    assertThat(scaling.ringOf(Packet.of(new byte[3]))).isZero();
  }

  // ---- symmetric ----

  @Test
  void both_directions_of_a_connection_have_one_hash_if_it_is_symmetric() {
    SeededRandom random = Seed.of(4).stream("flows");
    int differ = 0;
    for (int i = 0; i < 200; i++) {
      byte[] flow = bytes(random, 12);
      byte[] back = new byte[12];
      System.arraycopy(flow, 4, back, 0, 4);
      System.arraycopy(flow, 0, back, 4, 4);
      System.arraycopy(flow, 10, back, 8, 2);
      System.arraycopy(flow, 8, back, 10, 2);
      scaling.setSymmetric(false);
      differ += scaling.hash(packetOf(flow)) == scaling.hash(packetOf(back)) ? 0 : 1;
      scaling.setSymmetric(true);
      assertThat(scaling.hash(packetOf(flow))).isEqualTo(scaling.hash(packetOf(back)));
    }
    assertThat(differ).isEqualTo(200);
  }

  @Test
  void between_two_ports_of_one_address_the_lower_port_decides() {
    scaling.setSymmetric(true);
    var self = udp().from("198.51.100.1").to("198.51.100.1").toMac(WEB);

    assertThat(scaling.hash(self.fromPort(1).port(2).toPacket()))
        .isEqualTo(scaling.hash(self.fromPort(2).port(1).toPacket()));
    assertThat(scaling.hash(self.ipv4().fromPort(1).port(2).toPacket()))
        .isNotEqualTo(scaling.hash(self.fromPort(1).port(3).toPacket()));
  }

  @Test
  void symmetric_hashes_of_ipv6_work_as_well() {
    scaling.setSymmetric(true);
    Packet there =
        tcp().from("2001:db8::1").fromPort(5).to("2001:db8::2").port(80).toMac(WEB).toPacket();
    Packet back =
        tcp().from("2001:db8::2").fromPort(80).to("2001:db8::1").port(5).toMac(WEB).toPacket();

    assertThat(scaling.hash(there)).isEqualTo(scaling.hash(back));
  }

  // ---- settings ----

  @Test
  void the_indirection_table_says_which_ring_serves_a_hash() {
    Packet packet =
        tcp()
            .from("66.9.149.187")
            .fromPort(2794)
            .to("161.142.100.80")
            .port(1766)
            .toMac(WEB)
            .toPacket(); // 0x51ccc178: entry 0x78
    assertThat(scaling.ringOf(packet)).isEqualTo(0x78 % 4);

    scaling.setIndirection(3, 2);
    assertThat(scaling.ringOf(packet)).isEqualTo(3);
    scaling.setIndirection(3, 2, 2, 2, 2);
    assertThat(scaling.ringOf(packet)).isEqualTo(0x78 % 5 == 0 ? 3 : 2);
    scaling.setIndirection(1);
    assertThat(scaling.ringOf(packet)).isEqualTo(1);
  }

  @Test
  void refuses_keys_and_tables_that_do_not_fit() {
    assertThatThrownBy(() -> scaling.setKey(new byte[39]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("receive-side scaling key of 39 bytes must have 40");
    assertThatThrownBy(() -> scaling.setIndirection(0, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("indirection entry 4 names no ring; the group has rings 0 to 3");
    assertThatThrownBy(() -> scaling.setIndirection(-1))
        .hasMessage("indirection entry -1 names no ring; the group has rings 0 to 3");
    assertThatThrownBy(scaling::setIndirection)
        .hasMessage("indirection pattern of 0 entries: it must have 1 to 128");
    assertThatThrownBy(() -> scaling.setIndirection(new int[129]))
        .hasMessage("indirection pattern of 129 entries: it must have 1 to 128");
  }

  // ---- on a card ----

  @Test
  void flows_are_spread_over_the_rings_and_each_keeps_its_own() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(1);
    try (Lab lab = builder.open()) {
      PhysicalNic p0 = lab.host().pnic("p0");
      List<Integer> used = new ArrayList<>();
      for (int port = 1; port <= 64; port++) {
        var flow = udp().to("198.19.0.1").toMac(p0.mac()).port(port);
        int ring = p0.receiveSideScaling().ringOf(lab.wire().send(flow));
        long before = p0.receiveRing(ring).received();
        lab.wire().send(flow, 3);
        assertThat(p0.receiveRing(ring).received()).isEqualTo(before + 3);
        used.add(ring);
      }

      assertThat(used).contains(0, 1, 2, 3);
      assertThat(lab.ledger().violations()).isEmpty();
    }
  }

  @Test
  void a_function_with_several_rings_has_a_spreading_of_its_own() {
    LabBuilder builder = Lab.builder();
    builder
        .host("h1")
        .nic(NicConfig.DEFAULT.withFunctionReceiveRings(2))
        .virtualFunctions(1)
        .vms("web");
    try (Lab lab = builder.open()) {
      VirtualFunction function = lab.host().pnic("p0").virtualFunction(0);
      function.receiveSideScaling().setIndirection(1);

      lab.wire().send(udp().to(lab.vm("web")), 5);

      assertThat(function.receiveRing(0).received()).isZero();
      assertThat(function.receiveRing(1).received()).isEqualTo(5);
      assertThat(lab.vm("web").received()).hasSize(5);
    }
  }
}
