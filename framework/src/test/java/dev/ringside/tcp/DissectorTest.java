// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.tcp;

import static dev.ringside.tcp.Bench.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.packet.capture.Wireshark;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wireshark reads a connection as we mean it. */
class DissectorTest {

  @TempDir Path directory;

  @BeforeAll
  static void assumeWireshark() {
    Wireshark.assumeInstalled();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void a_sound_connection_gives_it_nothing_to_remark(int version) {
    TcpConfig config = TcpConfig.DEFAULT.withIpVersion(version);
    Bench bench = new Bench(message(300_000), config, -100_000, 5).open().runToEnd();

    Path file = bench.writeTo(directory.resolve("sound.pcap"));

    assertThat(Wireshark.selected(file, "tcp")).hasSize(bench.frames.size());
    assertThat(Wireshark.selected(file, "_ws.malformed || tcp.checksum.status == \"Bad\""))
        .isEmpty();
    assertThat(Wireshark.selected(file, "tcp.analysis.flags")).isEmpty();
    assertThat(Wireshark.fields(file, "tcp.completeness")).contains("31"); // from SYN to FIN
  }

  @Test
  void it_sees_what_was_sent_again_and_nothing_else_amiss() {
    Bench bench = new Bench(message(60_000));
    bench.toB = (number, frame) -> number == 20 ? Bench.LOST : Bench.ONCE;
    bench.open().runToEnd();

    Path file = bench.writeTo(directory.resolve("lossy.pcap"));

    assertThat(Wireshark.selected(file, "tcp.analysis.fast_retransmission")).hasSize(1);
    assertThat(Wireshark.selected(file, "tcp.analysis.retransmission")).hasSize(1);
    assertThat(Wireshark.selected(file, "tcp.analysis.lost_segment")).isEmpty();
  }
}
