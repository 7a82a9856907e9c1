// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.transfer.Media.CHASSIS_INTERCONNECT;
import static dev.ringside.transfer.Media.LOCAL_MEMORY;
import static dev.ringside.transfer.Media.STANDARD_NETWORK;
import static dev.ringside.transfer.Protocol.RDMA;
import static dev.ringside.transfer.Protocol.TCP_IP;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.time.Seed;
import dev.ringside.transfer.ReceiveQueue;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** web on blade b1, db on blade b2 of chassis c1. */
class TransferAssertTest {

  private static final String EVENTS =
      """

                     0 ns  web: transfer started web>db, 3 bytes
                     0 ns  web: protocol chosen web>db, RDMA, [CHASSIS_INTERCONNECT]
                     0 ns  web: transfer delivered web>db, 3 bytes

        Replay with @LabSeed(0x5eedL)""";

  private final Lab lab = open();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine db = lab.vm("db");
  private final ReceiveQueue buffers = lab.transfers().receiveQueue(db);

  private static Lab open() {
    LabBuilder builder = Lab.builder().seed(Seed.of(0x5eed));
    ChassisBuilder chassis = builder.chassis("c1");
    chassis.blade("b1").vms("web");
    chassis.blade("b2").vms("db");
    return builder.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private Transfer transfer() {
    return lab.transfer(web, db, bytes(1, 2, 3));
  }

  @Test
  void a_transfer_did_what_it_did() {
    assertThat(transfer())
        .crossed(CHASSIS_INTERCONNECT)
        .used(RDMA)
        .usedInOrder(RDMA)
        .hasUnits(1)
        .deliveredExactly(bytes(1, 2, 3))
        .acknowledged(3)
        .isDelivered();
  }

  @Test
  void a_transfer_that_went_another_way_is_told_with_its_events() {
    Transfer transfer = transfer();

    fails(
        () -> assertThat(transfer).crossed(STANDARD_NETWORK, LOCAL_MEMORY),
        """
        Expecting transfer web>db of 3 bytes
          to have crossed [LOCAL_MEMORY, STANDARD_NETWORK]
          but it has crossed [CHASSIS_INTERCONNECT]
        """
            + EVENTS);
    fails(
        () -> assertThat(transfer).used(TCP_IP),
        """
        Expecting transfer web>db of 3 bytes
          to have used [TCP_IP]
          but it has used [RDMA]
        """
            + EVENTS);
    fails(
        () -> assertThat(transfer).usedInOrder(RDMA, TCP_IP),
        """
        Expecting transfer web>db of 3 bytes
          to have used [RDMA, TCP_IP] in this order
          but it has used [RDMA]
        """
            + EVENTS);
    fails(
        () -> assertThat(transfer).isOpen(),
        """
        Expecting transfer web>db of 3 bytes
          to be open
          but it is delivered
        """
            + EVENTS);
    fails(
        () -> assertThat(transfer).hasUnits(2),
        """
        Expecting transfer web>db of 3 bytes
          to have begun 2 units
          but it has begun 1

        Replay with @LabSeed(0x5eedL)""");
  }

  @Test
  void bytes_that_are_not_the_same_are_told_where_they_part() {
    Transfer transfer = transfer();

    fails(
        () -> assertThat(transfer).deliveredExactly(bytes(1, 9, 3)),
        delivered("3 bytes", "3, which differ first at byte 1: expected 09, was 02"));
    fails(
        () -> assertThat(transfer).deliveredExactly(bytes(1, 2, 3, 4)),
        delivered("4 bytes", "3, which are the first of them"));
    fails(
        () -> assertThat(transfer).deliveredExactly(bytes(1)),
        delivered("1 byte", "3, of which the last 2 are extra"));
  }

  private static String delivered(String wanted, String found) {
    return """
        Expecting transfer web>db of 3 bytes
          to have delivered exactly %s
          but it has delivered %s
        """
            .formatted(wanted, found)
        + EVENTS;
  }

  @Test
  void a_transfer_is_open_until_it_is_delivered_or_fails() {
    Transfer transfer =
        lab.transfer(
            VirtualNetworkPath.of(web, db), bytes(1, 2, 3), TransferConfig.DEFAULT.withUnits(0));
    assertThat(transfer).isOpen();
    fails(() -> assertThat(transfer).isDelivered(), wasOpen("be delivered"));
    fails(
        () -> assertThat(transfer).failedBecause("closed"),
        wasOpen("be failed because of: closed"));
    fails(
        () -> assertThat(transfer).acknowledged(3),
        """
        Expecting transfer web>db of 3 bytes
          to have acknowledged 3 bytes
          but it has acknowledged 0

        Replay with @LabSeed(0x5eedL)""");

    buffers.close();

    assertThat(transfer).failedBecause("takes no transfers");
    fails(
        () -> assertThat(transfer).isOpen(),
        """
        Expecting transfer web>db of 3 bytes
          to be open
          but it is failed: web>db: db takes no transfers; 0 of 3 bytes were acknowledged

                     0 ns  web: transfer started web>db, 3 bytes
                     0 ns  web: protocol chosen web>db, RDMA, [CHASSIS_INTERCONNECT]
                     0 ns  web: transfer failed web>db, web>db: db takes no transfers; 0 of 3 bytes were acknowledged

        Replay with @LabSeed(0x5eedL)""");
  }

  private static String wasOpen(String wanted) {
    return """
        Expecting transfer web>db of 3 bytes
          to %s
          but it is open, 0 bytes acknowledged

                     0 ns  web: transfer started web>db, 3 bytes
                     0 ns  web: protocol chosen web>db, RDMA, [CHASSIS_INTERCONNECT]

        Replay with @LabSeed(0x5eedL)"""
        .formatted(wanted);
  }

  @Test
  void a_receive_queue_has_credits_and_is_awaited() {
    assertThat(buffers).hasCredits(16).isNotAwaited();
    fails(
        () -> assertThat(buffers).hasCredits(1),
        """
        Expecting receive queue of db
          to have 1 credits
          but it has 16

        Replay with @LabSeed(0x5eedL)""");
    fails(
        () -> assertThat(buffers).isAwaitedBy("web>db"),
        """
        Expecting receive queue of db
          to be awaited by web>db
          but it is awaited by nobody

        Replay with @LabSeed(0x5eedL)""");

    buffers.withdrawBuffers();
    assertThat(transfer()).isOpen();

    assertThat(buffers).hasCredits(0).isAwaitedBy("web>db");
    fails(
        () -> assertThat(buffers).isNotAwaited(),
        """
        Expecting receive queue of db
          to be awaited by nobody
          but it is awaited by [web>db waits for 1 buffer of receive queue of db since PT0S, until db posting a buffer]

        Replay with @LabSeed(0x5eedL)""");
  }
}
