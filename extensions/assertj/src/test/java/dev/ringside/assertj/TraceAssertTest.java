// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.nic.NicConfig;
import dev.ringside.packet.Packet;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.trace.Trace;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceAssertTest {

  private final Lab lab =
      Lab.builder()
          .topology(
              t ->
                  t.host("h1")
                      .nic(NicConfig.DEFAULT.withVirtualFunctions(1).withRingCapacity(1))
                      .vms("web"))
          .open();
  private final VirtualMachine web = lab.vm("web");

  @AfterEach
  void close() {
    lab.close();
  }

  private Trace delivered() {
    return lab.trace(lab.wire().send(udp().to(web).port(53)));
  }

  private Trace dropped() {
    lab.host().pnic("p0").virtualFunction(0).receiveRing(0).setPolled(true);
    lab.wire().send(udp().to(web).port(53));
    return lab.trace(lab.wire().send(udp().to(web).port(53)));
  }

  @Test
  void passed() {
    assertThat(delivered()).passed(Stage.PNIC, Stage.VIRTUAL_FUNCTION);
    fails(
        () -> assertThat(dropped()).passed(Stage.PNIC, Stage.VIRTUAL_FUNCTION),
        """
        Expecting packet #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to pass PNIC, VIRTUAL_FUNCTION
          but it was dropped at PNIC p0, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

                     0 ns  #3  STACK            station  injected: #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #3  STATION          station  passed
                     0 ns  #3  EXTERNAL_SWITCH  switch   passed
                     0 ns  #3  WIRE             p0       passed: to host
                     0 ns  #3  PNIC             p0       passed
                     0 ns  #3  PNIC             p0       dropped, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void passed_in_order() {
    assertThat(delivered()).passedInOrder(Stage.WIRE, Stage.PNIC, Stage.STACK);
    fails(
        () -> assertThat(delivered()).passedInOrder(Stage.PNIC, Stage.WIRE),
        """
        Expecting packet #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to pass in this order PNIC, WIRE
          but it was delivered at STACK web

                     0 ns  #2  STACK             station    injected: #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #2  STATION           station    passed
                     0 ns  #2  EXTERNAL_SWITCH   switch     passed
                     0 ns  #2  WIRE              p0         passed: to host
                     0 ns  #2  PNIC              p0         passed
                     0 ns  #2  VIRTUAL_FUNCTION  p0/vf0     passed
                     0 ns  #2  VNIC              web/vnic0  passed
                     0 ns  #2  STACK             web        delivered

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void never_passed() {
    assertThat(delivered()).neverPassed(Stage.VIRTUAL_SWITCH, Stage.HOLD_QUEUE);
    fails(
        () -> assertThat(delivered()).neverPassed(Stage.VIRTUAL_SWITCH, Stage.PNIC),
        """
        Expecting packet #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          never to pass VIRTUAL_SWITCH, PNIC
          but it was delivered at STACK web

                     0 ns  #2  STACK             station    injected: #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #2  STATION           station    passed
                     0 ns  #2  EXTERNAL_SWITCH   switch     passed
                     0 ns  #2  WIRE              p0         passed: to host
                     0 ns  #2  PNIC              p0         passed
                     0 ns  #2  VIRTUAL_FUNCTION  p0/vf0     passed
                     0 ns  #2  VNIC              web/vnic0  passed
                     0 ns  #2  STACK             web        delivered

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void reached() {
    assertThat(delivered()).reached(Stage.STACK, "web");
    fails(
        () -> assertThat(dropped()).reached(Stage.STACK, "web"),
        """
        Expecting packet #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to reach STACK web
          but it was dropped at PNIC p0, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

                     0 ns  #3  STACK            station  injected: #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #3  STATION          station  passed
                     0 ns  #3  EXTERNAL_SWITCH  switch   passed
                     0 ns  #3  WIRE             p0       passed: to host
                     0 ns  #3  PNIC             p0       passed
                     0 ns  #3  PNIC             p0       dropped, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void never_reached() {
    fails(
        () -> assertThat(delivered()).neverReached(Stage.PNIC, "p0"),
        """
        Expecting packet #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          never to reach PNIC p0
          but it was delivered at STACK web

                     0 ns  #1  STACK             station    injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #1  STATION           station    passed
                     0 ns  #1  EXTERNAL_SWITCH   switch     passed
                     0 ns  #1  WIRE              p0         passed: to host
                     0 ns  #1  PNIC              p0         passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     passed
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  STACK             web        delivered

        Replay with @LabSeed(0x5eedL)
        """);
    assertThat(dropped()).neverReached(Stage.STACK, "web");
  }

  @Test
  void was_delivered() {
    assertThat(delivered()).wasDelivered();
    fails(
        () -> assertThat(dropped()).wasDelivered(),
        """
        Expecting packet #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to be delivered
          but it was dropped at PNIC p0, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

                     0 ns  #3  STACK            station  injected: #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #3  STATION          station  passed
                     0 ns  #3  EXTERNAL_SWITCH  switch   passed
                     0 ns  #3  WIRE             p0       passed: to host
                     0 ns  #3  PNIC             p0       passed
                     0 ns  #3  PNIC             p0       dropped, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void was_not_delivered() {
    fails(
        () -> assertThat(delivered()).wasNotDelivered(),
        """
        Expecting packet #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          not to be delivered
          but it was delivered at STACK web

                     0 ns  #1  STACK             station    injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #1  STATION           station    passed
                     0 ns  #1  EXTERNAL_SWITCH   switch     passed
                     0 ns  #1  WIRE              p0         passed: to host
                     0 ns  #1  PNIC              p0         passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0     passed
                     0 ns  #1  VNIC              web/vnic0  passed
                     0 ns  #1  STACK             web        delivered

        Replay with @LabSeed(0x5eedL)
        """);
    assertThat(dropped()).wasNotDelivered();
  }

  @Test
  void was_dropped() {
    assertThat(dropped()).wasDropped(DropReason.RING_FULL);
    fails(
        () -> assertThat(dropped()).wasDropped(DropReason.SPOOFED),
        """
        Expecting packet #4 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to be dropped for SPOOFED
          but it was dropped at PNIC p0, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

                     0 ns  #4  STACK            station  injected: #4 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #4  STATION          station  passed
                     0 ns  #4  EXTERNAL_SWITCH  switch   passed
                     0 ns  #4  WIRE             p0       passed: to host
                     0 ns  #4  PNIC             p0       passed
                     0 ns  #4  PNIC             p0       dropped, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void was_dropped_at_a_place() {
    assertThat(dropped())
        .wasDroppedAt("p0", DropReason.RING_FULL)
        .wasDroppedAt("p0/vf0/rx0", DropReason.RING_FULL);
    fails(
        () -> assertThat(dropped()).wasDroppedAt("p1", DropReason.RING_FULL),
        """
        Expecting packet #4 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to be dropped at p1 for RING_FULL
          but it was dropped at PNIC p0, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

                     0 ns  #4  STACK            station  injected: #4 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #4  STATION          station  passed
                     0 ns  #4  EXTERNAL_SWITCH  switch   passed
                     0 ns  #4  WIRE             p0       passed: to host
                     0 ns  #4  PNIC             p0       passed
                     0 ns  #4  PNIC             p0       dropped, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void was_not_lost() {
    assertThat(delivered()).wasNotLost();
    fails(
        () -> assertThat(dropped()).wasNotLost(),
        """
        Expecting packet #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          not to be lost
          but it was dropped at PNIC p0, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

                     0 ns  #3  STACK            station  injected: #3 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #3  STATION          station  passed
                     0 ns  #3  EXTERNAL_SWITCH  switch   passed
                     0 ns  #3  WIRE             p0       passed: to host
                     0 ns  #3  PNIC             p0       passed
                     0 ns  #3  PNIC             p0       dropped, RING_FULL: ring p0/vf0/rx0 has 1 of 1 slots in use

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void tells_the_ways_of_copies_too() {
    try (Lab two = Labs.twoNics()) {
      Trace flooded = two.trace(two.wire().send(udp().to(two.vm("web")).port(53)));
      assertThat(flooded).wasDelivered().wasNotLost();
      fails(
          () -> assertThat(flooded).reached(Stage.STACK, "db"),
          """
        Expecting packet #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          to reach STACK db
          but it and its copies ended so
            #1 was dropped at PNIC p1, PNIC_INACTIVE: p1 (up, inactive)
            #2 was delivered at STACK web

                     0 ns  #1  STACK             station    injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #1  STATION           station    passed
                     0 ns  #1  EXTERNAL_SWITCH   switch     passed
                     0 ns  #2  EXTERNAL_SWITCH   switch     cloned: copy of #1
                     0 ns  #2  WIRE              p0         passed: to host
                     0 ns  #1  WIRE              p1         passed: to host
                     0 ns  #2  PNIC              p0         passed
                     0 ns  #2  VIRTUAL_FUNCTION  p0/vf0     passed
                     0 ns  #2  VNIC              web/vnic0  passed
                     0 ns  #2  STACK             web        delivered
                     0 ns  #1  PNIC              p1         dropped, PNIC_INACTIVE: p1 (up, inactive)

        Replay with @LabSeed(0x5eedL)
        """);
    }
  }

  @Test
  void says_where_nothing_is_known() {
    fails(
        () -> assertThat(lab.trace(Packet.of(new byte[60]))).wasDelivered(),
        """
        Expecting packet #0
          to be delivered
          but nothing is known of its way; is tracing off?

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
