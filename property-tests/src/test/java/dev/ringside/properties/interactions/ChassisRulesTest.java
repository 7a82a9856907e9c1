// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.properties.interactions;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.properties.interactions.InteractionLabs.numbers;
import static dev.ringside.properties.interactions.InteractionLabs.range;
import static dev.ringside.properties.interactions.InteractionLabs.small;
import static dev.ringside.transfer.Media.CHASSIS_INTERCONNECT;
import static dev.ringside.transfer.Media.LOCAL_MEMORY;
import static dev.ringside.transfer.Media.STANDARD_NETWORK;
import static dev.ringside.transfer.Protocol.LOOPBACK;
import static dev.ringside.transfer.Protocol.RDMA;
import static dev.ringside.transfer.Protocol.TCP_IP;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.chassis.Blade;
import dev.ringside.chassis.ChassisBuilder;
import dev.ringside.host.VmSpec;
import dev.ringside.migration.Migration;
import dev.ringside.packet.Packet;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.Stage;
import dev.ringside.transfer.Stretch;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.virt.Channel;
import dev.ringside.vm.VirtualMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules 11, 12 and 15: proxies and media, where virtual machines move between blades. */
class ChassisRulesTest {

  @RegisterExtension private final InteractionLabs labs = new InteractionLabs();

  // ---- rule 11: migration and proxies ----

  private Lab twoHosts() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web", "db").proxies();
    builder.host("h2").vms("app").proxies();
    return labs.open(builder);
  }

  @Test
  void rule_11_who_leaves_is_forgotten_by_all_peers_which_use_their_uplinks_from_then_on() {
    Lab lab = twoHosts();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    Channel channel = lab.host("h1").proxies().channel("db", "web");
    db.send(small(1, web));
    assertThat(channel).carried(1);

    Migration unused = lab.migrate(web).to(lab.host("h2"));

    assertThat(lab.host("h1").proxies().virtualSwitch("db")).doesNotReach(web);
    assertThat(channel).isClosed().isEmpty();
    Packet sent = db.send(small(2, web));
    assertThat(lab.trace(sent)).passed(Stage.WIRE).wasDelivered();
    Packet back = web.send(small(3, db));
    assertThat(lab.trace(back)).passed(Stage.WIRE).wasDelivered();
    assertThat(numbers(web.received())).isEqualTo(range(1, 2));
    assertThat(numbers(db.received())).containsExactly(3);
  }

  @Test
  void rule_11_what_is_in_the_channels_of_one_that_leaves_is_drained_or_dropped_and_counted() {
    Lab lab = twoHosts();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    web.pause();
    for (int i = 1; i <= 3; i++) {
      db.send(small(i, web));
    }
    Channel channel = lab.host("h1").proxies().channel("db", "web");
    assertThat(channel).hasSize(3);

    Migration unused = lab.migrate(web).to(lab.host("h2"));
    web.resume();
    db.send(small(4, web));

    assertThat(channel).isClosed().isEmpty();
    assertThat(numbers(web.received())).endsWith(4).isSorted();
    assertThat(web.received().size() + channel.account().dropped()).isEqualTo(4);
  }

  @Test
  void rule_11_who_arrives_is_announced_and_gets_proxies() {
    Lab lab = twoHosts();
    VirtualMachine web = lab.vm("web");
    VirtualMachine app = lab.vm("app");

    Migration unused = lab.migrate(web).to(lab.host("h2"));

    assertThat(lab.host("h2").proxies().virtualSwitch("app")).reaches(web).by("app/proxy-web");
    assertThat(lab.host("h2").proxies().virtualSwitch("web")).reaches(app).by("web/proxy-app");
    Packet sent = web.send(small(1, app));
    Packet back = app.send(small(2, web));
    assertThat(lab.trace(sent)).passed(Stage.CHANNEL).neverPassed(Stage.PNIC).wasDelivered();
    assertThat(lab.trace(back)).passed(Stage.CHANNEL).neverPassed(Stage.PNIC).wasDelivered();
  }

  /** web of subnet A on b1 of c1, db of subnet B on b2 of c2. */
  private Lab twoSubnets(boolean proxies) {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    ChassisBuilder c1 = builder.chassis("c1").subnets("A");
    ChassisBuilder c2 = builder.chassis("c2").subnets("B");
    if (proxies) {
      c1.blade("b1").vms("web").proxies();
      c2.blade("b2").vms("db").proxies();
    } else {
      c1.blade("b1").vms("web");
      c2.blade("b2").vms("db");
    }
    return labs.open(builder);
  }

  @Test
  void rule_11_in_different_subnets_on_one_host_the_way_is_by_the_routers_vnics() {
    Lab lab = twoSubnets(true);
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    Blade b2 = lab.blade("b2");

    Migration unused = lab.migrate(web).to(b2);

    for (Packet packet : new Packet[] {web.send(small(1, db)), db.send(small(2, web))}) {
      assertThat(lab.trace(packet))
          .passed(Stage.ROUTER)
          .neverPassed(Stage.CHANNEL, Stage.WIRE)
          .wasDelivered();
    }
    assertThat(lab.migrations().routerOf(b2).subnets()).containsExactlyInAnyOrder("A", "B");
  }

  // ---- rule 12: migration and media ----

  @Test
  void rule_12_each_move_is_a_new_version_at_which_open_transfers_choose_again() {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1");
    c1.blade("b1").vms("web");
    c1.blade("b2").vms("db");
    builder.chassis("c2").blade("b3");
    Lab lab = labs.open(builder);
    byte[] message = new byte[400_000];
    Transfer transfer =
        lab.transfer(
            VirtualNetworkPath.of(lab.vm("web"), lab.vm("db")),
            message,
            TransferConfig.DEFAULT.withUnits(1));
    long before = lab.topologyVersion();

    Migration away = lab.migrate(lab.vm("db")).to(lab.blade("b3"));
    assertThat(lab.topologyVersion()).isGreaterThan(before);
    transfer.allow(2);
    long between = lab.topologyVersion();
    Migration near = lab.migrate(lab.vm("db")).to(lab.blade("b1"));
    assertThat(lab.topologyVersion()).isGreaterThan(between);
    transfer.allow(Long.MAX_VALUE);

    assertThat(away.state()).isEqualTo(near.state());
    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(message);
    assertThat(transfer.hops().get(0).stretches())
        .extracting(Stretch::protocol)
        .containsExactly(RDMA, TCP_IP, LOOPBACK);
    assertThat(transfer.hops().get(0).stretches().get(1).media())
        .containsExactly(CHASSIS_INTERCONNECT, STANDARD_NETWORK);
  }

  @Test
  void rule_12_on_one_blade_it_is_local_memory_even_between_subnets() {
    Lab lab = twoSubnets(false);
    byte[] message = new byte[50_000];
    Transfer before = lab.transfer(lab.vm("web"), lab.vm("db"), message);

    Migration unused = lab.migrate(lab.vm("web")).to(lab.blade("b2"));
    Transfer after = lab.transfer(lab.vm("web"), lab.vm("db"), message);

    assertThat(before.media()).containsExactly(CHASSIS_INTERCONNECT, STANDARD_NETWORK);
    assertThat(after.media()).containsExactly(LOCAL_MEMORY);
    assertThat(after.protocols()).containsExactly(LOOPBACK);
    assertThat(after.received()).isEqualTo(message);
    Packet packet = lab.vm("web").send(small(1, lab.vm("db")));
    assertThat(lab.trace(packet)).as("packets are routed").passed(Stage.ROUTER).wasDelivered();
  }

  // ---- rule 15: media and proxies ----

  @Test
  void rule_15_a_hand_over_in_local_memory_takes_its_turn_in_the_channel_of_the_proxies() {
    LabBuilder builder = Lab.builder();
    builder.chassis("c1").blade("b1").vm(VmSpec.named("web")).vm(VmSpec.named("db")).proxies();
    Lab lab = labs.open(builder);
    Channel channel = lab.blade("b1").proxies().channel("web", "db");
    channel.setPolled(true);
    lab.vm("web").send(small(1, lab.vm("db")));

    Transfer transfer = lab.transfer(lab.vm("web"), lab.vm("db"), new byte[5_000]);

    assertThat(transfer.media()).containsExactly(LOCAL_MEMORY);
    assertThat(transfer.isOpen()).isTrue();
    assertThat(lab.waiters())
        .extracting(Waiter::resource)
        .as("in the one queue of the channel")
        .containsExactly("channel web>db");
    channel.setPolled(false);
    assertThat(numbers(lab.vm("db").received())).containsExactly(1);
    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.protocols()).containsExactly(LOOPBACK);
    assertThat(lab).hasNoWaiters();
  }
}
