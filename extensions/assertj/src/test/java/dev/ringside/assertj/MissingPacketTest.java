// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.nic.FunctionLink;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a failure tells of a packet that was wanted and has not arrived: where it is instead. */
class MissingPacketTest {

  private final Lab lab = Labs.oneNic();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");

  @AfterEach
  void close() {
    lab.close();
  }

  private void send(int port) {
    lab.wire().send(udp().to(web).port(port));
  }

  @Test
  void tells_where_the_packet_that_was_wanted_was_dropped() {
    lab.host().pnic("p0").virtualFunction(0).setLink(FunctionLink.DISABLED);
    send(53);
    fails(
        () -> assertThat(web).received(udp().port(53)),
        """
        Expecting VM web
          to have received udp port 53
          but it has received nothing
          while such a packet, #1, was dropped at VIRTUAL_FUNCTION p0/vf0, LINK_DOWN: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link DISABLED, trust off, bound to web

                     0 ns  #1  STACK             station  injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #1  STATION           station  passed
                     0 ns  #1  EXTERNAL_SWITCH   switch   passed
                     0 ns  #1  WIRE              p0       passed: to host
                     0 ns  #1  PNIC              p0       passed
                     0 ns  #1  VIRTUAL_FUNCTION  p0/vf0   dropped, LINK_DOWN: p0/vf0: MAC 02:52:53:01:00:01, spoof checking on, link DISABLED, trust off, bound to web

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void tells_that_the_packet_that_was_wanted_is_still_under_way() {
    lab.cable("p0").toHost().setLatency(Duration.ofMillis(1));
    send(53);
    fails(
        () -> assertThat(web).received(udp().port(53)),
        """
        Expecting VM web
          to have received udp port 53
          but it has received nothing
          while such a packet, #1, is still under way, at WIRE p0

                     0 ns  #1  STACK            station  injected: #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
                     0 ns  #1  STATION          station  passed
                     0 ns  #1  EXTERNAL_SWITCH  switch   passed
                     0 ns  #1  WIRE             p0       passed: to host

        Replay with @LabSeed(0x5eedL)
        """);
    lab.advance(Duration.ofMillis(1));
    assertThat(web).received(udp().port(53));
  }

  @Test
  void tells_that_the_packet_that_was_wanted_went_to_somebody_else() {
    send(53);
    fails(
        () -> assertThat(db).received(udp().port(53)),
        """
        Expecting VM db
          to have received udp port 53
          but it has received nothing
          while such a packet, #1, was delivered at STACK web

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
  }

  @Test
  void blames_no_copy_of_a_packet_that_has_arrived() {
    try (Lab flooded = Lab.open()) {
      flooded.wire().send(udp().to(flooded.vm("vm1")).port(53)); // to p1, too, which stands by
      fails(
          () -> assertThat(flooded.vm("vm1")).received(udp().port(53), 2),
          """
        Expecting VM vm1
          to have received 2 packets like udp port 53
          but it has received 1
            #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes

        Replay with @LabSeed(0x5eedL)
        """);
    }
  }

  @Test
  void tells_no_way_where_packets_are_not_traced() {
    try (Lab quiet = Lab.builder().withoutTracing().topology(t -> t.host("h1").vms("web")).open()) {
      quiet.wire().send(udp().to(quiet.vm("web")).port(54));
      fails(
          () -> assertThat(quiet.vm("web")).received(udp().port(53)),
          """
        Expecting VM web
          to have received udp port 53
          but the packet that it has received is not like that
            udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
              destination port: expected 53, was 54

        Replay with @LabSeed(0x5eedL)
        """);
    }
  }

  @Test
  void tells_where_one_of_the_packets_was_lost() {
    send(53);
    lab.host().pnic("p0").virtualFunction(0).setVlan(100);
    lab.host().pnic("p0").fail();
    send(54);
    fails(
        () -> assertThat(web).received(2),
        """
        Expecting VM web
          to have received 2 packets
          but it has received 1
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          while a packet for it, #2, was dropped at EXTERNAL_SWITCH switch, NO_MATCH: port station (all vlans, native 1)

                     0 ns  #2  STACK            station  injected: #2 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
                     0 ns  #2  STATION          station  passed
                     0 ns  #2  EXTERNAL_SWITCH  switch   passed
                     0 ns  #2  EXTERNAL_SWITCH  switch   dropped, NO_MATCH: port station (all vlans, native 1)

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
