// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.transfer.Media.CHASSIS_INTERCONNECT;
import static dev.ringside.transfer.Media.LOCAL_MEMORY;
import static dev.ringside.transfer.Media.STANDARD_NETWORK;
import static dev.ringside.transfer.Protocol.LOOPBACK;
import static dev.ringside.transfer.Protocol.RDMA;
import static dev.ringside.transfer.Protocol.TCP_IP;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.transfer.ProtocolPolicy;
import dev.ringside.transfer.ReceiveQueue;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.vm.VirtualMachine;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransfersTest {

  private final Lab lab = open();
  private final VirtualMachine web = lab.vm("web");
  private final VirtualMachine app = lab.vm("app");
  private final VirtualMachine db = lab.vm("db");
  private final byte[] payload = new byte[200_000];

  private static Lab open() {
    // tag::lab[]
    LabBuilder lab = Lab.builder();
    ChassisBuilder c1 = lab.chassis("c1").externalPnics(1);
    c1.blade("b1").pnics(2).vms("web", "app");
    c1.blade("b2").pnics(2).vms("db");
    // end::lab[]
    return lab.open();
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void the_media_decide() {
    // tag::media[]
    assertThat(lab.transfer(web, app, payload))
        .crossed(LOCAL_MEMORY)
        .used(LOOPBACK)
        .deliveredExactly(payload);
    assertThat(lab.transfer(web, db, payload))
        .crossed(CHASSIS_INTERCONNECT)
        .used(RDMA)
        .hasUnits(4) // of 64 KiB
        .deliveredExactly(payload);
    assertThat(lab.transfer(web, lab.wire(), payload))
        .crossed(CHASSIS_INTERCONNECT, STANDARD_NETWORK)
        .used(TCP_IP)
        .hasUnits(137) // of 1460 bytes
        .deliveredExactly(payload);
    // end::media[]
  }

  @Test
  void a_relay_sends_on_by_another_protocol() {
    // tag::relay[]
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(db, web, lab.wire()), payload, TransferConfig.DEFAULT);

    assertThat(transfer).usedInOrder(RDMA, TCP_IP).deliveredExactly(payload);
    // end::relay[]
    Output.assertShown("transfer.txt", transfer.hops().get(0) + "\n" + transfer.hops().get(1));
  }

  @Test
  void the_interconnect_fails_on_the_way() {
    // tag::fall-back[]
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(web, db), payload, TransferConfig.DEFAULT.withUnits(1));
    assertThat(transfer).isOpen().acknowledged(65_536);

    lab.chassis("c1").interconnect().fail();
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofSeconds(10)); // until the blades' own NICs have taken over

    assertThat(transfer).usedInOrder(RDMA, TCP_IP).deliveredExactly(payload);
    // end::fall-back[]
  }

  @Test
  void an_end_moves_on_the_way() {
    // tag::move[]
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(web, db), payload, TransferConfig.DEFAULT.withUnits(2));

    lab.blade("b2").tenancy().move(db, lab.blade("b1"), Duration.ofSeconds(1));
    transfer.allow(1);

    assertThat(transfer).usedInOrder(RDMA, LOOPBACK).deliveredExactly(payload);
    // end::move[]
  }

  @Test
  void a_sender_waits_for_buffers() {
    // tag::credits[]
    ReceiveQueue buffers = lab.transfers().receiveQueue(db);
    buffers.withdrawBuffers();
    buffers.setReposting(false);

    Transfer transfer = lab.transfer(web, db, payload);
    assertThat(buffers).hasCredits(0).isAwaitedBy("web>db");
    System.out.println(lab.waiters().get(0));

    buffers.post(1);
    assertThat(transfer).isOpen().acknowledged(65_536);

    lab.advance(Duration.ofSeconds(1)); // nobody waits longer than that
    assertThat(transfer).usedInOrder(RDMA, TCP_IP).deliveredExactly(payload);
    // end::credits[]
  }

  @Test
  void what_waits_is_told() {
    lab.transfers().receiveQueue(db).withdrawBuffers();
    lab.transfer(web, db, payload);

    Output.assertShown("transfer-waiter.txt", lab.waiters().get(0).toString());
    lab.transfers().receiveQueue(db).post(4);
  }

  @Test
  void a_receiver_closes() {
    // tag::closed[]
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(web, db), payload, TransferConfig.DEFAULT.withUnits(1));

    lab.transfers().receiveQueue(db).close();

    assertThat(transfer).failedBecause("db takes no transfers").acknowledged(65_536);
    // end::closed[]
  }

  @Test
  void a_policy_of_ones_own() {
    // tag::policy[]
    ProtocolPolicy policy = ProtocolPolicy.byMedia().with(Set.of(CHASSIS_INTERCONNECT), TCP_IP);

    Transfer transfer =
        lab.transfer(
            VirtualNetworkPath.of(web, db), payload, TransferConfig.DEFAULT.withPolicy(policy));

    assertThat(transfer).crossed(CHASSIS_INTERCONNECT).used(TCP_IP);
    // end::policy[]
  }
}
