// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.icmp;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sentences about what has arrived, which virtual machines, stations and inboxes share. */
class ReceivingTest {

  private final Lab lab = Labs.oneNic();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");

  @AfterEach
  void close() {
    lab.close();
  }

  private void send(int... ports) {
    for (int port : ports) {
      lab.wire().send(udp().to(web).port(port));
    }
  }

  @Test
  void received_a_packet() {
    send(53);
    assertThat(web).received(udp().port(53));
    assertThat(web.inbox()).received(udp().port(53));
    web.send(icmp().to(lab.wire()));
    assertThat(lab.wire()).received(icmp());
  }

  @Test
  void received_nothing_where_a_packet_was_wanted() {
    fails(
        () -> assertThat(db).received(udp().port(53)),
        """
        Expecting VM db
          to have received udp port 53
          but it has received nothing

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(db.inbox()).received(udp().port(53)),
        """
        Expecting inbox db/inbox
          to have received udp port 53
          but it has received nothing

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(lab.wire()).received(udp().port(53)),
        """
        Expecting station station
          to have received udp port 53
          but it has received nothing

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void tells_the_nearest_miss_with_the_fields_that_differ() {
    lab.wire().send(tcp().to(web).port(80));
    send(54);
    lab.wire().send(icmp().to(web));
    fails(
        () -> assertThat(web).received(udp().port(53).payload("query")),
        """
        Expecting VM web
          to have received udp port 53 payload "query"
          but none of the 3 packets that it has received is like that; nearest is
            #2 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
              destination port: expected 53, was 54
              payload: expected "query", was ""
          and there are
            #1 tcp ack 198.18.255.254:49152 > 198.18.0.1:80, 60 bytes
            #3 icmp echo request 198.18.255.254 > 198.18.0.1, 60 bytes

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void received_so_many_such_packets() {
    send(53, 53, 54);
    assertThat(web).received(udp().port(53), 2).received(udp().port(99), 0);
    fails(
        () -> assertThat(web).received(udp().port(53), 3),
        """
        Expecting VM web
          to have received 3 packets like udp port 53
          but it has received 2
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
            #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
          of the others the nearest is
            #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
              destination port: expected 53, was 54

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(web).received(udp().port(54), 2),
        """
        Expecting VM web
          to have received 2 packets like udp port 54
          but it has received 1
            #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
          of the others the nearest is
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
              destination port: expected 54, was 53

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(web).received(udp(), 1),
        """
        Expecting VM web
          to have received 1 packet like udp
          but it has received 3
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
            #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
            #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void received_so_many_packets() {
    send(53, 54);
    assertThat(web).received(2).andNothingElse();
    fails(
        () -> assertThat(web).received(1),
        """
        Expecting VM web
          to have received 1 packet
          but it has received 2
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
            #2 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(db).received(1),
        """
        Expecting VM db
          to have received 1 packet
          but it has received nothing

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void shows_ten_packets_and_counts_the_others() {
    send(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    fails(
        () -> assertThat(web).received(13),
        """
        Expecting VM web
          to have received 13 packets
          but it has received 12
            #1 udp 198.18.255.254:49152 > 198.18.0.1:1, 60 bytes
            #2 udp 198.18.255.254:49152 > 198.18.0.1:2, 60 bytes
            #3 udp 198.18.255.254:49152 > 198.18.0.1:3, 60 bytes
            #4 udp 198.18.255.254:49152 > 198.18.0.1:4, 60 bytes
            #5 udp 198.18.255.254:49152 > 198.18.0.1:5, 60 bytes
            #6 udp 198.18.255.254:49152 > 198.18.0.1:6, 60 bytes
            #7 udp 198.18.255.254:49152 > 198.18.0.1:7, 60 bytes
            #8 udp 198.18.255.254:49152 > 198.18.0.1:8, 60 bytes
            #9 udp 198.18.255.254:49152 > 198.18.0.1:9, 60 bytes
            #10 udp 198.18.255.254:49152 > 198.18.0.1:10, 60 bytes
            ... and 2 more

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void received_in_order() {
    send(53, 99, 54);
    assertThat(web).receivedInOrder(udp().port(53), udp().port(54));
    fails(
        () -> assertThat(web).receivedInOrder(udp().port(53), udp().port(99), udp().port(53)),
        """
        Expecting VM web
          to have received in this order
            udp port 53
            udp port 99
            udp port 53  <- not after that
          but it has received
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
            #2 udp 198.18.255.254:49152 > 198.18.0.1:99, 60 bytes
            #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(web).receivedInOrder(udp().port(53), udp().port(1), udp().port(2)),
        """
        Expecting VM web
          to have received in this order
            udp port 53
            udp port 1  <- not after that
            udp port 2
          but it has received
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
            #2 udp 198.18.255.254:49152 > 198.18.0.1:99, 60 bytes
            #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(db).receivedInOrder(udp().port(53)),
        """
        Expecting VM db
          to have received in this order
            udp port 53  <- not after that
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
  void received_and_nothing_else() {
    send(53, 53);
    assertThat(web).received(udp().port(53)).andNothingElse();
    assertThat(web).receivedInOrder(udp().port(53), udp().port(53)).andNothingElse();
    send(54);
    fails(
        () -> assertThat(web).received(udp().port(53)).andNothingElse(),
        """
        Expecting VM web
          to have received nothing else
          but it has received
            #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes

                     0 ns  #3  STACK             station    injected: #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
                     0 ns  #3  STATION           station    passed
                     0 ns  #3  EXTERNAL_SWITCH   switch     passed
                     0 ns  #3  WIRE              p0         passed: to host
                     0 ns  #3  PNIC              p0         passed
                     0 ns  #3  VIRTUAL_FUNCTION  p0/vf0     passed
                     0 ns  #3  VNIC              web/vnic0  passed
                     0 ns  #3  STACK             web        delivered

        Replay with @LabSeed(0x5eedL)
        """);
    fails(
        () -> assertThat(web).receivedInOrder(udp().port(53)).andNothingElse(),
        """
        Expecting VM web
          to have received nothing else
          but it has received
            #2 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes
            #3 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes

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
    assertThat(web).received(udp().port(53), 2).received(udp().port(54)).andNothingElse();
  }

  @Test
  void received_nothing() {
    send(53);
    assertThat(db).receivedNothing();
    fails(
        () -> assertThat(web).receivedNothing(),
        """
        Expecting VM web
          to have received nothing
          but it has received
            #1 udp 198.18.255.254:49152 > 198.18.0.1:53, 60 bytes

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
  void never_received() {
    send(53, 54);
    assertThat(web).neverReceived(tcp());
    fails(
        () -> assertThat(web).neverReceived(udp().port(54)),
        """
        Expecting VM web
          never to have received udp port 54
          but it has received
            #2 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes

                     0 ns  #2  STACK             station    injected: #2 udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes
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
  void what_was_taken_out_of_the_inbox_does_not_count() {
    send(53);
    web.inbox().clear();
    assertThat(web).receivedNothing();
    fails(
        () -> assertThat(web).received(udp().port(53)),
        """
        Expecting VM web
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
}
