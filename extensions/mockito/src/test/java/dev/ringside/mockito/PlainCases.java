// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.junit.jupiter.RingsideExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests beside others that mock: they make none themselves. */
@ExtendWith(RingsideExtension.class)
class PlainCases {

  private final RecordingViews views = new RecordingViews();

  @Test
  void packets_arrive(Lab lab) {
    lab.wire().send(udp().to(lab.vm("vm1")));

    assertThat(lab.vm("vm1").received()).hasSize(1);
  }

  @Test
  void no_view_is_made(Lab lab) {
    assertThat(views.all()).isEmpty();
    assertThat(views.device(lab)).isSameAs(lab);
    assertThat(new PacketArgument(udp().port(9))).hasToString("udp port 9");
  }
}
