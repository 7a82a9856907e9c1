// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.BddRingsideAssertions.then;
import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.MONITOR;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.monitor.UserMemory.slots;
import static dev.ringside.monitor.UserMemory.userMemory;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.InlineBridge;
import dev.ringside.monitor.Monitor;
import dev.ringside.monitor.MonitorConfig;
import dev.ringside.monitor.MonitorState;
import dev.ringside.monitor.Verdict;
import org.assertj.core.error.AssertJMultipleFailuresError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Monitor ids watches port 80, with memory for two packets and a ring for one. */
class MonitorAssertTest {

  private final Lab lab = inline();
  private final InlineBridge bridge = lab.host().bridge("p0", "p1");
  private final Monitor monitor =
      lab.host()
          .monitor(
              tcp().port(80),
              userMemory(slots(2).of(80)),
              MonitorConfig.named("ids").withRingCapacity(1));

  private static Lab inline() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").pnics(2).aggregation(Aggregation.NONE);
    return builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private void sendWeb(int packets) {
    lab.wire().send(tcp().to(bridge.beyond()).port(80), packets);
  }

  private void sendOther() {
    lab.wire().send(udp().to(bridge.beyond()).port(53));
  }

  @Test
  void captured_with_one_copy_each_and_bridged_the_rest() {
    sendWeb(2);
    sendOther();

    assertThat(monitor).captured(2).withOneCopyEach().bridgedTheRest().lostNothing();
  }

  @Test
  void captured_so_many() {
    sendWeb(4);
    assertThat(monitor).captured(2);
    fails(
        () -> assertThat(monitor).captured(4),
        """
        Expecting monitor ids of tcp port 80
          to have captured 4 packets
          but it has captured 2
          ring p0/ids has 1 of 1 slots in use, user memory has 2 of 2 slots in use; it has lost 1
          ring p1/ids has 0 of 1 slots in use, user memory has 2 of 2 slots in use
          packet #4 was dropped at RECEIVE_RING p0/ids, RING_FULL: ring p0/ids has 1 of 1 slots in use, user memory has 2 of 2 slots in use

                     0 ns  #4  STACK            station  injected: #4 tcp ack 198.18.255.254:49152 > 198.18.128.1:80, 60 bytes
                     0 ns  #4  STATION          station  passed
                     0 ns  #4  EXTERNAL_SWITCH  switch   passed
                     0 ns  #4  WIRE             p0       passed: to host
                     0 ns  #4  PNIC             p0       passed
                     0 ns  #4  PNIC             p0       passed: tcp port 80 -> ring p0/ids
                     0 ns  #4  RECEIVE_RING     p0/ids   dropped, RING_FULL: ring p0/ids has 1 of 1 slots in use, user memory has 2 of 2 slots in use

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void captured_such_a_packet() {
    fails(
        () -> assertThat(monitor).captured(tcp().port(80)),
        """
        Expecting memory of monitor ids of tcp port 80
          to have received tcp port 80
          but it has received nothing

        Replay with @LabSeed(0x5eedL)
        """);
    sendWeb(1);
    assertThat(monitor).captured(tcp().port(80));
    fails(
        () -> assertThat(monitor).captured(tcp().port(443)),
        """
        Expecting memory of monitor ids of tcp port 80
          to have received tcp port 443
          but the packet that it has received is not like that
            #1 tcp ack 198.18.255.254:49152 > 198.18.128.1:80, 60 bytes
              destination port: expected 443, was 80

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void never_captured_such_a_packet() {
    sendWeb(1);
    assertThat(monitor).neverCaptured(udp());
    fails(
        () -> assertThat(monitor).neverCaptured(tcp()),
        """
        Expecting memory of monitor ids of tcp port 80
          never to have received tcp
          but it has received
            #1 tcp ack 198.18.255.254:49152 > 198.18.128.1:80, 60 bytes

                     0 ns  #1  STACK            station  injected: #1 tcp ack 198.18.255.254:49152 > 198.18.128.1:80, 60 bytes
                     0 ns  #1  STATION          station  passed
                     0 ns  #1  EXTERNAL_SWITCH  switch   passed
                     0 ns  #1  WIRE             p0       passed: to host
                     0 ns  #1  PNIC             p0       passed
                     0 ns  #1  PNIC             p0       passed: tcp port 80 -> ring p0/ids
                     0 ns  #1  RECEIVE_RING     p0/ids   passed
                     0 ns  #1  USER_MEMORY      ids      delivered

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void with_one_copy_each() {
    assertThat(monitor).withOneCopyEach();
    sendWeb(1);
    assertThat(monitor).withOneCopyEach();
    lab.world().passed(bridge.forward().account(), monitor.captured().get(0).packet());
    fails(
        () -> assertThat(monitor).withOneCopyEach(),
        """
        Expecting monitor ids of tcp port 80
          to have captured every packet with one copy, straight from a ring of the card
          but #1 passed VNIC p0-p1/forward

                     0 ns  #1  STACK            station        injected: #1 tcp ack 198.18.255.254:49152 > 198.18.128.1:80, 60 bytes
                     0 ns  #1  STATION          station        passed
                     0 ns  #1  EXTERNAL_SWITCH  switch         passed
                     0 ns  #1  WIRE             p0             passed: to host
                     0 ns  #1  PNIC             p0             passed
                     0 ns  #1  PNIC             p0             passed: tcp port 80 -> ring p0/ids
                     0 ns  #1  RECEIVE_RING     p0/ids         passed
                     0 ns  #1  USER_MEMORY      ids            delivered
                     0 ns  #1  VNIC             p0-p1/forward  passed

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void bridged_the_rest() {
    sendOther();
    assertThat(monitor).bridgedTheRest();
    lab.host().pnic("p1").fail();
    sendOther();
    fails(
        () -> assertThat(monitor).bridgedTheRest(),
        """
        Expecting monitor ids of tcp port 80
          to have left the rest to the bridge, which has sent all of it
          but there are
            p0: 2 packets, of which p0-p1 has sent 1 and 0 wait
            p1: 0 packets, of which p0-p1 has sent 0 and 0 wait
          packet #2 was dropped at VNIC p0-p1/forward, NO_UPLINK: p1 (failed)

                     0 ns  #2  STACK            station        injected: #2 udp 198.18.255.254:49152 > 198.18.128.1:53, 60 bytes
                     0 ns  #2  STATION          station        passed
                     0 ns  #2  EXTERNAL_SWITCH  switch         passed
                     0 ns  #2  WIRE             p0             passed: to host
                     0 ns  #2  PNIC             p0             passed
                     0 ns  #2  VNIC             p0-p1/forward  dropped, NO_UPLINK: p1 (failed)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void bridged_the_rest_though_there_is_no_bridge() {
    bridge.close();
    fails(
        () -> assertThat(monitor).bridgedTheRest(),
        """
        Expecting monitor ids of tcp port 80
          to have left the rest to the bridge, which has sent all of it
          but there are
            p0: 0 packets, and it is part of no bridge; make one with host.bridge(near, far)
            p1: 0 packets, and it is part of no bridge; make one with host.bridge(near, far)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void holds_so_many() {
    sendWeb(1);
    assertThat(monitor).holds(1);
    fails(
        () -> assertThat(monitor).holds(2),
        """
        Expecting memory of monitor ids of tcp port 80
          to hold 2 packets
          but it holds 1 (user memory has 1 of 2 slots in use)

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void lost_so_many() {
    sendWeb(4);
    assertThat(monitor).lost(1);
    fails(
        () -> assertThat(monitor).lostNothing(),
        """
        Expecting monitor ids of tcp port 80
          to have lost 0 packets
          but it has lost 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void truncated_reinjected_and_blocked_so_many() {
    lab.wire().send(tcp().to(bridge.beyond()).port(80).payloadSize(100));
    sendWeb(1);
    monitor.captured().get(0).release(Verdict.BLOCK);
    monitor.captured().get(0).release(Verdict.REINJECT);

    assertThat(monitor).truncated(1).blocked(1).reinjected(1);
    fails(
        () -> assertThat(monitor).truncated(0),
        """
        Expecting monitor ids of tcp port 80
          to have truncated 0 packets
          but it has truncated 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(monitor).blocked(2),
        """
        Expecting monitor ids of tcp port 80
          to have blocked 2 packets
          but it has blocked 1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(monitor).reinjected(2),
        """
        Expecting monitor ids of tcp port 80
          to have re-injected 2 packets
          but it has re-injected 1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void is_on_these_cards_and_in_this_state() {
    assertThat(monitor).isOn("p0", "p1").is(MonitorState.WATCHING);
    monitor.die();
    fails(
        () -> assertThat(monitor).isOn("p0", "p1"),
        """
        Expecting monitor ids of tcp port 80
          to be on [p0, p1]
          but it is on []

                     0 ns  h1: monitor installed ids, p0 (tcp port 80)
                     0 ns  h1: monitor installed ids, p1 (tcp port 80)
                     0 ns  h1: monitor died ids (packets go on)
                     0 ns  h1: monitor removed ids, p0
                     0 ns  h1: monitor removed ids, p1

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(monitor).is(MonitorState.WATCHING),
        """
        Expecting monitor ids of tcp port 80
          to be watching
          but it is dead

                     0 ns  h1: monitor installed ids, p0 (tcp port 80)
                     0 ns  h1: monitor installed ids, p1 (tcp port 80)
                     0 ns  h1: monitor died ids (packets go on)
                     0 ns  h1: monitor removed ids, p0
                     0 ns  h1: monitor removed ids, p1

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void every_door_leads_to_them() {
    then(monitor).captured(0);
    assertThat((Object) monitor).asInstanceOf(MONITOR).captured(0);
    assertThatThrownBy(
            () ->
                SoftRingsideAssertions.assertSoftly(
                    softly -> softly.assertThat(monitor).captured(1).holds(1)))
        .isInstanceOf(AssertJMultipleFailuresError.class)
        .hasMessageContaining("2 failures");
    assertThatThrownBy(
            () ->
                BddSoftRingsideAssertions.thenSoftly(
                    softly -> softly.then(monitor).captured(1).holds(1)))
        .hasMessageContaining("2 failures");
  }
}
