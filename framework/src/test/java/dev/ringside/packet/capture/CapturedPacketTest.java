// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet.capture;

import static dev.ringside.packet.capture.CaptureBytes.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.packet.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapturedPacketTest {
  private static final Packet PACKET = Packet.of(frame(60));

  @Test
  void a_packet_captured_whole_is_not_truncated() {
    CapturedPacket captured = CapturedPacket.of(5, PACKET);

    assertThat(captured).isEqualTo(new CapturedPacket(5, 60, PACKET, 0, "", List.of()));
    assertThat(captured.isTruncated()).isFalse();
    assertThat(captured.hasTime()).isTrue();
  }

  @Test
  void refuses_numbers_that_cannot_be() {
    assertThatThrownBy(() -> new CapturedPacket(5, 59, PACKET, 0, "", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("original length 59 is below the captured 60");
    assertThatThrownBy(() -> new CapturedPacket(5, 60, PACKET, -1, "", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("interface index -1 is negative");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0                    | 0
          -1                   | -1
          999                  | 999
          -999                 | -999
          1000                 | 1,000
          -1000                | -1,000
          1234567              | 1,234,567
          -9223372036854775808 | -9,223,372,036,854,775,808
          """)
  void messages_group_digits(long number, String text) {
    assertThat(Decimal.grouped(number)).isEqualTo(text);
  }
}
