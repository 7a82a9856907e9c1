// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The captures of two real hosts are read to the last frame. */
class RealCapturesTest {

  static List<CapturedPacket> read(String name) {
    String resource = "/captures/" + name + ".pcap";
    return CaptureReader.readAll(RealCapturesTest.class.getResourceAsStream(resource), resource);
  }

  @ParameterizedTest
  @CsvSource({"everyday, 127", "syn-flood, 2287", "udp-flood, 2026", "vlan-qinq, 106"})
  void has_exactly_so_many_frames(String name, int frames) {
    List<CapturedPacket> packets = read(name);

    assertThat(packets).hasSize(frames);
    assertThat(packets).allMatch(CapturedPacket::hasTime);
    assertThat(packets).noneMatch(CapturedPacket::isTruncated);
    assertThat(packets).allMatch(packet -> packet.interfaceIndex() == 0);
    assertThat(packets).noneMatch(packet -> packet.packet().isMalformed());
  }

  @Test
  void tells_vlans_and_ports_apart() {
    assertThat(read("vlan-qinq"))
        .extracting(captured -> captured.packet().vlanTagCount())
        .contains(0, 1, 2);
    assertThat(read("udp-flood"))
        .filteredOn(captured -> captured.packet().sourcePort() == 4444)
        .hasSize(2000);
  }
}
