// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.ip;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.host.InlineBridge;
import dev.ringside.monitor.Batch;
import dev.ringside.monitor.Capture;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.MonitorState;
import dev.ringside.monitor.Verdict;
import dev.ringside.packet.Packet;
import dev.ringside.vm.VirtualMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {

  private static Lab twoCards() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).aggregation(Aggregation.NONE);
    return builder.open();
  }

  private static Lab withGuest(int pnics) {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(pnics).vms("web");
    return builder.open();
  }

  @Test
  void what_matches_goes_into_memory() {
    try (Lab lab = withGuest(1)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::capture[]
      Monitor monitor = host.monitor(ip().from("198.51.100.0/24"), userMemory(slots(64)));

      lab.wire().send(udp().from("198.51.100.7").to(web).port(53), 3);
      lab.wire().send(udp().to(web).port(54));

      assertThat(monitor).captured(3).withOneCopyEach();
      assertThat(web).received(udp().port(54)).andNothingElse();
      // end::capture[]
      Packet captured = monitor.captured().get(0).packet();
      Output.assertShown("captured-trace.txt", lab.trace(captured).toString());
    }
  }

  @Test
  void the_rest_goes_through_a_second_card() {
    try (Lab lab = twoCards()) {
      Host host = lab.host();
      // tag::inline[]
      InlineBridge bridge = host.bridge("p0", "p1");
      Monitor monitor = host.monitor(tcp().port(80), userMemory(slots(64)));

      lab.wire().send(tcp().to(bridge.beyond()).port(80), 3);
      lab.wire().send(udp().to(bridge.beyond()).port(53));

      assertThat(monitor).captured(3).withOneCopyEach().bridgedTheRest();
      assertThat(bridge.beyond()).received(udp().port(53)).andNothingElse();
      // end::inline[]
      host.pnic("p1").fail();
      lab.wire().send(udp().to(bridge.beyond()).port(53));
      Throwable thrown = catchThrowable(() -> assertThat(monitor).bridgedTheRest());
      Output.assertShown("monitor-lost.txt", thrown.getMessage());
    }
  }

  @Test
  void an_application_polls() {
    try (Lab lab = withGuest(1)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::poll[]
      Monitor monitor = host.monitor(udp(), userMemory(slots(4)), MonitorConfig.polled());
      lab.wire().send(udp().to(web).port(53), 6);

      Batch batch = monitor.poll(16); // four slots are free
      assertThat(batch.size()).isEqualTo(4);
      for (Capture capture : batch) {
        assertThat(capture.packet()).matches(udp().port(53));
      }
      batch.release();
      assertThat(monitor.poll(16).size()).isEqualTo(2);
      // end::poll[]
    }
  }

  @Test
  void packets_come_by_themselves() {
    try (Lab lab = withGuest(1)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      List<Integer> seen = new ArrayList<>();
      // tag::notice[]
      MonitorConfig eightOrAMillisecond = MonitorConfig.DEFAULT.interrupt(8, Duration.ofMillis(1));
      Monitor monitor = host.monitor(udp(), userMemory(slots(64)), eightOrAMillisecond);
      monitor.onBatch(
          batch -> {
            seen.add(batch.size());
            batch.release();
          });

      lab.wire().send(udp().to(web).port(53), 10);
      lab.advance(Duration.ofMillis(1));

      assertThat(seen).containsExactly(8, 2);
      // end::notice[]
    }
  }

  @Test
  void an_application_decides() {
    try (Lab lab = withGuest(1)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::verdict[]
      MonitorConfig firewall = MonitorConfig.named("firewall").verdict(Verdict.REINJECT);
      Monitor monitor = host.monitor(udp(), userMemory(slots(64)), firewall);
      monitor.onBatch(
          batch -> {
            for (Capture capture : batch) {
              boolean telnet = capture.packet().destinationPort() == 23;
              capture.release(telnet ? Verdict.BLOCK : Verdict.REINJECT);
            }
          });

      lab.wire().send(udp().to(web).port(53));
      lab.wire().send(udp().to(web).port(23));

      assertThat(web).received(udp().port(53)).andNothingElse();
      assertThat(monitor).reinjected(1).blocked(1);
      // end::verdict[]
    }
  }

  @Test
  void memory_is_full() {
    try (Lab lab = withGuest(1)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::full[]
      MonitorConfig small = MonitorConfig.DEFAULT.withRingCapacity(2);
      Monitor monitor = host.monitor(udp(), userMemory(slots(3)), small);

      lab.wire().send(udp().to(web).port(53), 9);

      assertThat(monitor).holds(3).lost(4); // three in memory, two in the ring
      monitor.releaseAll();
      assertThat(monitor).holds(2);
      // end::full[]
    }
  }

  @Test
  void the_application_dies() {
    try (Lab lab = withGuest(1)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      Monitor monitor = host.monitor(udp(), userMemory(slots(3)));
      // tag::die[]
      monitor.die();
      lab.wire().send(udp().to(web).port(53));

      assertThat(monitor).is(MonitorState.DEAD).isOn();
      assertThat(web).received(udp().port(53));
      // end::die[]
    }
  }

  @Test
  void another_card_takes_over() {
    try (Lab lab = withGuest(2)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::failover[]
      Monitor monitor = host.monitor(udp(), userMemory(slots(64)));
      assertThat(monitor).isOn("p0");

      host.pnic("p0").fail();
      lab.wire().send(udp().to(web).port(53));

      assertThat(monitor).isOn("p1").captured(1);
      // end::failover[]
    }
  }

  @Test
  void a_sample_of_what_is_contained() {
    try (Lab lab = withGuest(1)) {
      Host host = lab.host();
      VirtualMachine web = lab.vm("web");
      // tag::sample[]
      host.steering().contain(tcp().syn().to(web).port(80));
      Monitor monitor = host.monitor(tcp(), userMemory(slots(64)));
      monitor.sampleContained(3, Duration.ofMillis(1));

      lab.wire().send(tcp().syn().to(web).port(80), 100);

      assertThat(monitor).captured(3);
      assertThat(web).receivedNothing();
      // end::sample[]
    }
  }

  @Test
  void captures_are_written(@TempDir Path folder) {
    try (Lab lab = withGuest(1)) {
      Monitor monitor = lab.host().monitor(udp(), userMemory(slots(64)));
      lab.wire().send(udp().to(lab.vm("web")).port(53));
      // tag::file[]
      Path file = folder.resolve("captured.pcapng");
      monitor.writeTo(file);
      // end::file[]
      assertThat(file).isNotEmptyFile();
    }
  }
}
