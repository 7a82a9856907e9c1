// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lacp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.capture.PcapWriter;
import dev.ringside.packet.capture.Wireshark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The messages, as bytes. */
class LacpduTest {

  private static final PortInformation ONE =
      new PortInformation(0x8001, MacAddress.of("02:00:00:00:00:11"), 0xfe01, 0x80, 300, 0x3d);
  private static final PortInformation OTHER =
      new PortInformation(2, MacAddress.of("fe:dc:ba:98:76:54"), 3, 0xffff, 0xfffe, 0xff);

  @RegisterExtension final TestLabs labs = new TestLabs();
  @TempDir Path directory;

  private static Packet message() {
    return new Lacpdu(ONE, OTHER, 50_000).toPacket(MacAddress.of("02:00:00:00:00:12"));
  }

  @Test
  void what_is_written_is_read() {
    assertThat(message().length()).isEqualTo(124);
    assertThat(Lacpdu.isSlowProtocol(message())).isTrue();
    assertThat(Lacpdu.read(message())).isEqualTo(new Lacpdu(ONE, OTHER, 50_000));
  }

  @Test
  void a_message_cut_anywhere_is_none() {
    byte[] bytes = message().toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      assertThat(Lacpdu.read(Packet.of(Arrays.copyOf(bytes, length)))).isNull();
    }
  }

  @Test
  void a_message_with_other_parts_is_none() {
    for (int at : new int[] {0, 2, 3, 22, 23, 42, 43}) {
      byte[] bytes = message().toByteArray();
      bytes[14 + at] = 99;
      assertThat(Lacpdu.read(Packet.of(bytes))).as("with another byte %d", at).isNull();
    }
  }

  @Test
  void a_later_version_is_read_as_far_as_it_is_known() {
    byte[] bytes = message().toByteArray();
    bytes[15] = 2;
    assertThat(Lacpdu.read(Packet.of(bytes))).isEqualTo(new Lacpdu(ONE, OTHER, 50_000));
    bytes[15] = 0;
    assertThat(Lacpdu.read(Packet.of(bytes))).isNull();
  }

  @Test
  void wireshark_reads_the_same() {
    Wireshark.assumeInstalled();
    Path file = directory.resolve("one.pcap");
    try (PcapWriter writer = PcapWriter.create(file)) {
      writer.write(0, message());
    }

    assertThat(
            Wireshark.fields(
                file,
                "lacp.version",
                "lacp.actor.sys_priority",
                "lacp.actor.sysid",
                "lacp.actor.key",
                "lacp.actor.port_priority",
                "lacp.actor.port",
                "lacp.actor.state",
                "lacp.partner.sysid",
                "lacp.partner.port",
                "lacp.collector.max_delay"))
        .containsExactly(
            "0x01|32769|02:00:00:00:00:11|65025|128|300|0x3d|fe:dc:ba:98:76:54|65534|50000");
  }

  @Test
  void wireshark_finds_nothing_wrong_in_a_whole_agreement() {
    Wireshark.assumeInstalled();
    Path file = directory.resolve("agreement.pcap");
    Lab lab = labs.open(host -> host.pnics(2).lacp(LacpConfig.fast()));
    try (PcapWriter writer = PcapWriter.create(file)) {
      lab.cable("p0").tap(packet -> writer.write(lab.host().world().now(), packet));
      lab.advance(Duration.ofSeconds(6));
    }

    assertThat(Wireshark.selected(file, "_ws.malformed || _ws.short || _ws.expert")).isEmpty();
    assertThat(Wireshark.selected(file, "lacp")).hasSizeGreaterThan(10);
    assertThat(Wireshark.selected(file, "!lacp")).isEmpty();
  }
}
