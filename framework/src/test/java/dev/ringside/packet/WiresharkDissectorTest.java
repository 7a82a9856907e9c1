// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.PcapWriter;
import dev.ringside.packet.capture.Wireshark;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark, which knows the protocols that Pcap4J does not, finds nothing wrong either. */
class WiresharkDissectorTest {

  private static final String BAD_CHECKSUM =
      "ip.checksum.status == 0 || udp.checksum.status == 0 || tcp.checksum.status == 0"
          + " || icmp.checksum.status == 0 || icmpv6.checksum.status == 0";
  private static final String MALFORMED = "_ws.malformed || _ws.short";

  @TempDir Path directory;

  @BeforeAll
  static void needsWireshark() {
    Wireshark.assumeInstalled();
  }

  @Test
  void all_checksums_of_what_was_built_are_right() {
    assertThat(Wireshark.selected(samples(), BAD_CHECKSUM)).isEmpty();
  }

  @Test
  void nothing_that_was_built_is_malformed() {
    assertThat(Wireshark.selected(samples(), MALFORMED)).isEmpty();
  }

  @Test
  void a_wrong_checksum_and_a_wrong_length_would_be_seen() {
    Path capture =
        write(
            List.of(
                Packets.udp().to(SamplePackets.WEB).checksum(0xbad),
                Packets.tcp().to(SamplePackets.WEB).headerLength(24).payload("xyz")));

    assertThat(Wireshark.selected(capture, BAD_CHECKSUM)).isNotEmpty();
    assertThat(Wireshark.selected(capture, "tcp.hdr_len > 20")).hasSize(1);
  }

  @Test
  void it_reads_tags_extension_headers_options_and_neighbours() {
    List<String> lines =
        Wireshark.fields(
            samples(),
            "ieee8021ad.id",
            "vlan.id",
            "vlan.priority",
            "ipv6.routing.type",
            "ip.opt.ra",
            "tcp.options.mss_val",
            "icmpv6.opt.linkaddr",
            "arp.isgratuitous");

    lines.removeIf(line -> line.replace("|", "").isEmpty());
    assertThat(lines)
        .containsExactly(
            "||||0|||",
            "|||253||||",
            "|||||1460||",
            "|100|3|||||",
            "|300,5|0,7|||||",
            "300|5|0|||||",
            "||||||02:00:00:00:00:01|",
            "||||||02:00:00:00:00:02|",
            "||||||02:00:00:00:00:02|",
            "|100|0|||||1");
  }

  private Path samples() {
    return write(SamplePackets.all());
  }

  private Path write(List<PacketSpec> specs) {
    Path file = directory.resolve("samples.pcap");
    try (PcapWriter writer = PcapWriter.create(file)) {
      long nanos = 0;
      for (PacketSpec spec : specs) {
        writer.write(nanos++, spec.toPacket());
      }
    }
    return file;
  }
}
