// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.lifecycle;

import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the check after a test says about monitors. */
class MonitorChecksTest {

  private final Lab lab = Lab.open();
  private final LabSession session = LabSession.of(lab);

  @AfterEach
  void close() {
    session.close();
  }

  private Monitor send(int packets, MonitorConfig config) {
    Monitor monitor = lab.host().monitor(udp(), userMemory(slots(2)), config);
    lab.wire().send(udp().to(lab.vm("vm1")).port(53), packets);
    return monitor;
  }

  @Test
  void finds_nothing_wrong_with_packets_in_user_memory() {
    send(2, MonitorConfig.DEFAULT);

    assertThat(session.findings()).isEmpty();
  }

  @Test
  void finds_packets_that_nobody_has_polled() {
    send(2, MonitorConfig.polled());

    assertThat(session.findings())
        .extracting(Finding::text)
        .containsExactly("2 packets wait in RECEIVE_RING p0/monitor0");
  }

  @Test
  void does_not_complain_about_what_a_monitor_loses_while_its_memory_is_full() {
    Monitor monitor = send(9, MonitorConfig.DEFAULT.withRingCapacity(2));
    monitor.releaseAll();

    assertThat(monitor.lost()).isEqualTo(5);
    assertThat(session.findings()).isEmpty();
  }

  @Test
  void complains_about_losses_of_a_monitor_that_nobody_has_polled_in_time() {
    Monitor monitor = send(9, MonitorConfig.polled().withRingCapacity(2));
    monitor.poll(2);

    assertThat(session.findings())
        .extracting(Finding::text)
        .allMatch(text -> text.startsWith("7 RING_FULL at RECEIVE_RING p0/monitor0"))
        .hasSize(1);
  }

  @Test
  void complains_about_losses_of_packets_that_were_to_go_on() {
    MonitorConfig inline = MonitorConfig.DEFAULT.withRingCapacity(2).verdict(Verdict.REINJECT);
    Monitor monitor = send(9, inline);
    monitor.releaseAll();
    monitor.releaseAll();

    assertThat(session.findings())
        .extracting(Finding::text)
        .allMatch(text -> text.startsWith("5 RING_FULL at RECEIVE_RING p0/monitor0"))
        .hasSize(1);
  }
}
