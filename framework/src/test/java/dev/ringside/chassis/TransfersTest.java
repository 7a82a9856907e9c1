// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import static dev.ringside.packet.Packets.udp;
import static dev.ringside.transfer.Media.CHASSIS_INTERCONNECT;
import static dev.ringside.transfer.Media.LOCAL_MEMORY;
import static dev.ringside.transfer.Media.STANDARD_NETWORK;
import static dev.ringside.transfer.Protocol.LOOPBACK;
import static dev.ringside.transfer.Protocol.RDMA;
import static dev.ringside.transfer.Protocol.TCP_IP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.TestLabs;
import dev.ringside.host.VmSpec;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.capture.PcapWriter;
import dev.ringside.packet.capture.Wireshark;
import dev.ringside.trace.Hop;
import dev.ringside.trace.JournalEntry;
import dev.ringside.trace.Stage;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Protocol;
import dev.ringside.transfer.Stretch;
import dev.ringside.transfer.Transfer;
import dev.ringside.transfer.TransferConfig;
import dev.ringside.transfer.VirtualNetworkPath;
import dev.ringside.virt.Channel;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers between blades, chassis and computers outside, over real devices. */
class TransfersTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  /** Chassis c1 with blades b1 (web, app) and b2 (db), chassis c2 with b3 (far), host h1 (old). */
  private Lab lab(int pnics, int external) {
    LabBuilder builder = Lab.builder();
    ChassisBuilder c1 = builder.chassis("c1").externalPnics(external);
    c1.blade("b1").pnics(pnics).vms("web", "app");
    c1.blade("b2").pnics(pnics).vms("db");
    builder.chassis("c2").blade("b3").vms("far");
    builder.host("h1").vms("old", "new");
    return labs.open(builder);
  }

  private static byte[] message(int bytes) {
    byte[] message = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      message[i] = (byte) (i * 31 + (i >>> 8) * 7 + (i >>> 16));
    }
    return message;
  }

  /** The wires that any frame of the lab has passed. */
  private static Set<String> wires(Lab lab) {
    Set<String> names = new TreeSet<>();
    for (JournalEntry entry : lab.journal().entries()) {
      Hop hop = entry.hop();
      if (hop != null && hop.stage() == Stage.WIRE) {
        names.add(hop.place());
      }
    }
    return names;
  }

  private static void check(Transfer transfer, Protocol protocol, Media... media) {
    assertThat(transfer.failure()).isNull();
    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.protocols()).containsExactly(protocol);
    assertThat(transfer.media()).containsExactly(media);
  }

  // ---- the scenario of the specification ----

  @Test
  void data_comes_by_one_protocol_over_the_chassis_and_goes_on_by_another_over_the_network() {
    Lab lab = lab(1, 0);
    VirtualMachine vnic2 = lab.vm("db"); // on blade 2
    VirtualMachine vnic1 = lab.vm("web"); // on blade 1
    Endpoint computer = lab.wire(); // a third, external computer
    byte[] data = message(150_000);

    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(vnic2, vnic1, computer), data, TransferConfig.DEFAULT);

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.received()).isEqualTo(data);
    Stretch first = transfer.hops().get(0).stretches().get(0);
    Stretch second = transfer.hops().get(1).stretches().get(0);
    assertThat(first.protocol()).isEqualTo(RDMA);
    assertThat(first.media()).containsExactly(CHASSIS_INTERCONNECT);
    assertThat(second.protocol()).isEqualTo(TCP_IP);
    assertThat(second.media()).containsExactly(CHASSIS_INTERCONNECT, STANDARD_NETWORK);
    assertThat(wires(lab)).contains("b1/p0", "c1/ni0").doesNotContain("b2/p0");
    assertThat(lab.wire().received()).isEmpty();
  }

  // ---- placements ----

  @Test
  void on_one_blade_nothing_leaves_it() {
    Lab lab = lab(1, 0);

    Transfer transfer = lab.transfer(lab.vm("web"), lab.vm("app"), message(100_000));

    check(transfer, LOOPBACK, LOCAL_MEMORY);
    assertThat(wires(lab)).isEmpty();
  }

  @Test
  void on_two_blades_of_a_chassis_nothing_leaves_the_chassis() {
    Lab lab = lab(1, 0);

    Transfer transfer = lab.transfer(lab.vm("web"), lab.vm("db"), message(100_000));

    check(transfer, RDMA, CHASSIS_INTERCONNECT);
    assertThat(lab.chassis("c1").networkInterface().account().sent()).isZero();
    assertThat(wires(lab)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_460, 1_461, 1_500, 200_000})
  void in_two_chassis_it_goes_by_both_shared_nics(int bytes) {
    Lab lab = lab(1, 0);

    Transfer transfer = lab.transfer(lab.vm("web"), lab.vm("far"), message(bytes));

    check(transfer, TCP_IP, CHASSIS_INTERCONNECT, STANDARD_NETWORK);
    assertThat(transfer.received()).isEqualTo(message(bytes));
    assertThat(transfer.units()).isEqualTo((bytes + 1_459) / 1_460);
    assertThat(wires(lab)).contains("b1/p0", "c1/ni0", "c2/ni0", "b3/p0");
    assertThat(lab.vm("far").received()).isEmpty();
  }

  @Test
  void computers_outside_are_reached_in_both_directions() {
    Lab lab = lab(1, 0);

    Transfer out = lab.transfer(lab.vm("web"), lab.wire(), message(20_000));
    Transfer in = lab.transfer(lab.wire(), lab.vm("web"), message(30_000));

    check(out, TCP_IP, CHASSIS_INTERCONNECT, STANDARD_NETWORK);
    check(in, TCP_IP, CHASSIS_INTERCONNECT, STANDARD_NETWORK);
    assertThat(in.received()).isEqualTo(message(30_000));
  }

  @Test
  void hosts_in_no_chassis_have_memory_and_the_network() {
    Lab lab = lab(1, 0);

    check(lab.transfer(lab.vm("old"), lab.vm("new"), message(9_000)), LOOPBACK, LOCAL_MEMORY);
    check(lab.transfer(lab.vm("old"), lab.wire(), message(9_000)), TCP_IP, STANDARD_NETWORK);
    check(
        lab.transfer(lab.vm("old"), lab.vm("web"), message(9_000)),
        TCP_IP,
        CHASSIS_INTERCONNECT,
        STANDARD_NETWORK);
  }

  @Test
  void lookups_agree_in_both_directions() {
    Lab lab = lab(2, 1);
    lab.blade("b1").aggregator().switchTo("p1");
    List<Endpoint> nodes =
        List.of(
            lab.vm("web"), lab.vm("app"), lab.vm("db"), lab.vm("far"), lab.vm("old"), lab.wire());
    for (Endpoint one : nodes) {
      for (Endpoint other : nodes) {
        assertThat(lab.transfers().media(one, other)).isEqualTo(lab.transfers().media(other, one));
      }
    }
  }

  @Test
  void a_station_speaks_in_the_vlan_of_the_virtual_machine() {
    LabBuilder builder = Lab.builder();
    builder.chassis("c1").blade("b1").vm(VmSpec.named("web").vlan(100));
    Lab lab = labs.open(builder);

    Transfer transfer = lab.transfer(lab.wire(), lab.vm("web"), message(10_000));

    assertThat(transfer.received()).isEqualTo(message(10_000));
  }

  // ---- faults ----

  @Test
  void a_failed_interconnect_is_replaced_by_nics_of_the_blades_own() {
    Lab lab = lab(2, 1);
    VirtualMachine web = lab.vm("web");
    TransferConfig two = TransferConfig.DEFAULT.withUnits(2);
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(web, lab.vm("db")), message(400_000), two);
    assertThat(transfer.acknowledgedBytes()).isEqualTo(131_072);

    lab.chassis("c1").interconnect().fail();
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofSeconds(10));

    assertThat(transfer.failure()).isNull();
    assertThat(transfer.received()).isEqualTo(message(400_000));
    assertThat(transfer.hops().get(0).stretches().get(1).media()).containsExactly(STANDARD_NETWORK);
    assertThat(wires(lab)).contains("b1/p1", "b2/p1").doesNotContain("b1/p0", "b2/p0");
  }

  @Test
  void a_failed_interconnect_without_another_way_fails_the_transfer() {
    Lab lab = lab(1, 0);
    TransferConfig two = TransferConfig.DEFAULT.withUnits(2);
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(lab.vm("web"), lab.vm("db")), message(400_000), two);

    lab.chassis("c1").interconnect().fail();

    assertThat(transfer.failure())
        .isEqualTo("web>db: no way from web to db; 131072 of 400000 bytes were acknowledged");
  }

  @Test
  void a_failed_shared_nic_ends_what_leaves_the_chassis_and_nothing_else() {
    Lab lab = lab(1, 0);
    lab.chassis("c1").networkInterface().fail();

    Transfer out = lab.transfer(lab.vm("web"), lab.wire(), message(10));
    Transfer inside = lab.transfer(lab.vm("web"), lab.vm("db"), message(10));

    assertThat(out.failure())
        .isEqualTo("web>station: no way from web to station; 0 of 10 bytes were acknowledged");
    check(inside, RDMA, CHASSIS_INTERCONNECT);
  }

  @Test
  void an_interconnect_that_comes_back_is_used_again() {
    Lab lab = lab(2, 1);
    TransferConfig one = TransferConfig.DEFAULT.withUnits(1);
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(lab.vm("web"), lab.vm("db")), message(400_000), one);

    lab.chassis("c1").interconnect().fail();
    lab.advance(Duration.ofSeconds(1));
    transfer.allow(10);
    lab.advance(Duration.ofSeconds(1));
    lab.chassis("c1").interconnect().repair();
    lab.blade("b1").aggregator().switchTo("p0");
    lab.blade("b2").aggregator().switchTo("p0");
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofSeconds(3));

    assertThat(transfer.received()).isEqualTo(message(400_000));
    assertThat(transfer.hops().get(0).stretches())
        .extracting(Stretch::protocol)
        .startsWith(RDMA, TCP_IP)
        .endsWith(RDMA);
  }

  @Test
  void losses_on_a_cable_are_made_good() {
    Lab lab = lab(1, 0);
    lab.cable("c1/ni0").toNetwork().lose(Selector.every(9));

    Transfer transfer = lab.transfer(lab.vm("web"), lab.vm("far"), message(300_000));
    lab.advance(Duration.ofSeconds(60));

    assertThat(transfer.received()).isEqualTo(message(300_000));
    assertThat(transfer.hops().get(0).stretches().get(0).unitsAgain()).isPositive();
  }

  @Test
  void a_table_that_is_wrong_is_noticed_and_the_network_takes_over() {
    Lab lab = lab(1, 0);
    VirtualMachine app = lab.vm("app"); // on b1
    lab.chassis("c1").switchingTable().point(app, lab.blade("b2"));

    Transfer transfer = lab.transfer(lab.vm("web"), app, message(10_000));
    lab.advance(Duration.ofSeconds(1));

    assertThat(transfer.received()).isEqualTo(message(10_000));
    assertThat(transfer.hops().get(0).stretches().get(1).why())
        .isEqualTo("RDMA: app is not where the tables say");
  }

  @Test
  void a_virtual_machine_that_ends_ends_its_transfers() {
    Lab lab = lab(1, 0);
    TransferConfig one = TransferConfig.DEFAULT.withUnits(1).withAttempts(3);
    Transfer transfer =
        lab.transfer(VirtualNetworkPath.of(lab.vm("web"), lab.vm("db")), message(400_000), one);

    lab.blade("b2").removeVm("db");
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofMinutes(5));

    assertThat(transfer.failure())
        .isEqualTo(
            "web>db: no answer from db to 4 attempts; 65536 of 400000 bytes were acknowledged");
  }

  // ---- what a dissector says ----

  @ParameterizedTest
  @ValueSource(ints = {4, 6})
  void wireshark_finds_nothing_to_remark_on_the_wire(int ipVersion, @TempDir Path directory) {
    Wireshark.assumeInstalled();
    Lab lab = lab(1, 0);
    lab.cable("c1/ni0").toNetwork().setLatency(Duration.ofMillis(1));
    Path file = directory.resolve("transfer.pcap");
    try (PcapWriter writer = PcapWriter.create(file)) {
      lab.cable("c1/ni0").tap(packet -> writer.write(lab.elapsed().toNanos(), packet));

      Transfer transfer =
          lab.transfer(
              VirtualNetworkPath.of(lab.vm("web"), lab.vm("far")),
              message(200_000),
              TransferConfig.DEFAULT.withIpVersion(ipVersion));
      lab.advance(Duration.ofSeconds(1));
      assertThat(transfer.isDelivered()).isTrue();
    }

    assertThat(Wireshark.selected(file, "tcp.len > 0")).hasSizeGreaterThanOrEqualTo(137);
    assertThat(Wireshark.selected(file, "tcp.checksum.status == \"Bad\" || _ws.malformed"))
        .isEmpty();
    assertThat(Wireshark.selected(file, "tcp.analysis.flags")).isEmpty();
  }

  // ---- moves ----

  private static void move(Lab lab, String vm, String from, String to) {
    lab.host(from).tenancy().move(lab.vm(vm), lab.host(to), Duration.ofSeconds(1));
  }

  @Test
  void a_receiver_that_moves_is_followed_from_medium_to_medium() {
    Lab lab = lab(1, 0);
    byte[] message = message(1_000_000);
    Transfer transfer =
        lab.transfer(
            VirtualNetworkPath.of(lab.vm("web"), lab.vm("db")),
            message,
            TransferConfig.DEFAULT.withUnits(3));

    move(lab, "db", "b2", "b3");
    transfer.allow(5);
    move(lab, "db", "b3", "b2");
    transfer.allow(2);
    move(lab, "db", "b2", "b1");
    transfer.allow(1);

    assertThat(transfer.received()).isEqualTo(message);
    assertThat(transfer.isDelivered()).isTrue();
    assertThat(transfer.hops().get(0).stretches())
        .hasToString(
            "[RDMA over [CHASSIS_INTERCONNECT] from byte 0: 3 units,"
                + " TCP_IP over [CHASSIS_INTERCONNECT, STANDARD_NETWORK] from byte 196608: 5 units,"
                + " RDMA over [CHASSIS_INTERCONNECT] from byte 203908: 2 units,"
                + " LOOPBACK over [LOCAL_MEMORY] from byte 334980: 1 unit]");
  }

  @Test
  void a_sender_that_moves_while_segments_are_in_flight_loses_none() {
    Lab lab = lab(1, 0);
    lab.cable("c1/ni0").toNetwork().setLatency(Duration.ofMillis(1));
    Transfer transfer = lab.transfer(lab.vm("web"), lab.vm("far"), message(300_000));
    lab.advance(Duration.ofMillis(3));
    assertThat(transfer.isOpen()).isTrue();

    move(lab, "web", "b1", "b3");
    lab.advance(Duration.ofSeconds(2));

    assertThat(transfer.received()).isEqualTo(message(300_000));
    assertThat(transfer.protocols()).containsExactly(LOOPBACK, TCP_IP);
  }

  @Test
  void an_end_that_moves_between_chassis_keeps_its_connection() {
    Lab lab = lab(1, 0);
    Transfer transfer =
        lab.transfer(
            VirtualNetworkPath.of(lab.vm("web"), lab.wire()),
            message(100_000),
            TransferConfig.DEFAULT.withUnits(10));

    move(lab, "web", "b1", "b3");
    transfer.allow(Long.MAX_VALUE);
    lab.advance(Duration.ofSeconds(2));

    assertThat(transfer.received()).isEqualTo(message(100_000));
    assertThat(transfer.hops().get(0).stretches()).hasSize(1);
  }

  // ---- subnets ----

  @Test
  void between_subnets_segments_go_by_the_router() {
    LabBuilder builder = Lab.builder();
    builder.subnet("A", "192.0.2.0/24");
    builder.subnet("B", "198.51.100.0/24");
    builder.chassis("c1").blade("b1").vm(VmSpec.named("web").subnet("A"));
    builder.chassis("c2").blade("b2").vm(VmSpec.named("db").subnet("B"));
    Lab lab = labs.open(builder);

    Transfer transfer = lab.transfer(lab.vm("web"), lab.vm("db"), message(200_000));
    Transfer fromOutside = lab.transfer(lab.wire(), lab.vm("db"), message(20_000));

    check(transfer, TCP_IP, CHASSIS_INTERCONNECT, STANDARD_NETWORK);
    assertThat(transfer.received()).isEqualTo(message(200_000));
    assertThat(fromOutside.received()).isEqualTo(message(20_000));
    assertThat(lab.router().account().sent()).isGreaterThan(200_000 / 1_460);
  }

  // ---- proxies ----

  private Lab proxies() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vms("web", "db").proxies();
    return labs.open(builder);
  }

  @Test
  void a_hand_over_between_proxies_takes_its_turn_in_their_channel() {
    Lab lab = proxies();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    Channel channel = lab.host("h1").proxies().channel("web", "db");
    channel.setPolled(true);
    web.send(udp().to(db));

    Transfer transfer = lab.transfer(web, db, message(5_000));

    assertThat(transfer.isOpen()).isTrue();
    assertThat(lab.waiters())
        .hasToString(
            "[web>db waits for 1 slot of channel web>db since PT0S, until db taking all packets]");
    channel.setPolled(false);
    check(transfer, LOOPBACK, LOCAL_MEMORY);
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void packets_behind_a_hand_over_wait_until_it_has_passed() {
    Lab lab = proxies();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    Channel channel = lab.host("h1").proxies().channel("web", "db");
    channel.setCapacity(1);
    channel.setPolled(true);
    web.send(udp().to(db).port(1));
    Transfer transfer = lab.transfer(web, db, message(5_000));
    web.send(udp().to(db).port(2));

    channel.setPolled(false);

    assertThat(transfer.isDelivered()).isTrue();
    assertThat(db.received()).hasSize(2);
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void a_hand_over_that_waits_fails_with_the_virtual_machine_it_waits_for() {
    Lab lab = proxies();
    VirtualMachine web = lab.vm("web");
    VirtualMachine db = lab.vm("db");
    lab.host("h1").proxies().channel("web", "db").setPolled(true);
    web.send(udp().to(db));
    Transfer transfer =
        lab.transfer(
            VirtualNetworkPath.of(web, db), message(5_000), TransferConfig.DEFAULT.withAttempts(2));

    lab.host("h1").removeVm("db");
    lab.advance(Duration.ofMinutes(5));

    assertThat(transfer.failure())
        .isEqualTo("web>db: no answer from db to 3 attempts; 0 of 5000 bytes were acknowledged");
    assertThat(lab.waiters()).isEmpty();
  }

  @Test
  void without_a_proxy_for_each_other_the_hand_over_passes_no_channel() {
    LabBuilder builder = Lab.builder();
    builder.host("h1").vm(VmSpec.named("web").vlan(10)).vm(VmSpec.named("db").vlan(20)).proxies();
    Lab lab = labs.open(builder);

    check(lab.transfer(lab.vm("web"), lab.vm("db"), message(10)), LOOPBACK, LOCAL_MEMORY);
  }
}
