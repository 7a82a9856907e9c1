// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.aggregate.Aggregation;
import dev.ringside.host.Host;
import dev.ringside.host.Proxies;
import dev.ringside.host.VmSpec;
import dev.ringside.nic.ReceiveRing;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.trace.Hop;
import dev.ringside.trace.Stage;
import dev.ringside.vm.VirtualMachine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Virtual machines of one host that reach each other past its NICs. */
class ProxyTest {

  private static final MacAddress OTHER = MacAddress.of("02:00:5e:10:00:99");

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab = Lab.open();
  private Host host = lab.host();
  private Proxies proxies;
  private VirtualMachine web;
  private VirtualMachine db;
  private VirtualMachine app;

  @BeforeEach
  void open() {
    lab.close();
    use(labs.open(h -> h.pnics(2).virtualFunctions(4).vms("web", "db", "app").proxies()));
  }

  private void use(Lab opened) {
    lab = opened;
    host = lab.host();
    proxies = host.proxies();
    web = host.vm("web");
    db = host.vm("db");
    app = host.vm("app");
  }

  private List<Stage> stages(Packet packet) {
    return lab.trace(packet).hops().stream().map(Hop::stage).toList();
  }

  // ---- the way ----

  @Test
  void a_packet_for_another_guest_passes_proxies_and_channel_and_no_nic() {
    Packet sent = web.send(udp().to(db).port(53).payload("query"));

    assertThat(stages(sent))
        .containsExactly(
            Stage.STACK,
            Stage.VNIC,
            Stage.VIRTUAL_SWITCH,
            Stage.PROXY_VNIC,
            Stage.CHANNEL,
            Stage.PROXY_VNIC,
            Stage.VIRTUAL_SWITCH,
            Stage.VNIC,
            Stage.STACK);
    assertThat(db.received()).hasSize(1);
    assertThat(db.received().get(0).toByteArray()).isEqualTo(sent.toByteArray());
    assertThat(app.received()).isEmpty();
    assertThat(web.received()).isEmpty();
    assertThat(host.pnic("p0").account().received()).isZero();
  }

  @Test
  void the_network_is_reached_by_the_uplink_both_ways() {
    Packet query = web.send(udp().to(lab.wire()).port(53));
    assertThat(stages(query))
        .containsSequence(Stage.VNIC, Stage.VIRTUAL_SWITCH, Stage.VNIC, Stage.VIRTUAL_FUNCTION)
        .doesNotContain(Stage.PROXY_VNIC);
    assertThat(lab.wire().received()).hasSize(1);

    Packet answer = lab.wire().send(udp().to(web).port(80));
    assertThat(stages(answer))
        .endsWith(
            Stage.VIRTUAL_FUNCTION, Stage.VNIC, Stage.VIRTUAL_SWITCH, Stage.VNIC, Stage.STACK);
    assertThat(web.received()).hasSize(1);
  }

  @Test
  void addresses_are_resolved_and_pings_answered_through_proxies() {
    web.ping(db);
    web.send(udp().to(app.ipv4()).port(7));
    assertThat(web.received()).hasSize(1);
    assertThat(app.received()).hasSize(1);
    Account uplink = host.vnic("app").account();
    assertThat(uplink.received()).as("its own copy of the question").isEqualTo(1);
    assertThat(proxies.virtualSwitch("app").account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
  }

  @Test
  void each_table_knows_all_guests() {
    assertThat(proxies.virtualSwitch("web").table())
        .isEqualTo(
            Map.of(web.mac(), "web/net0", db.mac(), "web/proxy-db", app.mac(), "web/proxy-app"));
    assertThat(proxies.virtualSwitch("app").table())
        .isEqualTo(
            Map.of(web.mac(), "app/proxy-web", db.mac(), "app/proxy-db", app.mac(), "app/net0"));
    assertThat(proxies.channels())
        .extracting(Channel::name)
        .containsExactly("web>db", "web>app", "db>web", "db>app", "app>web", "app>db");
    assertThat(proxies.proxy("web", "db").partner()).isSameAs(proxies.proxy("db", "web"));
  }

  // ---- groups and unknown stations ----

  @Test
  void every_station_gets_one_copy_of_a_broadcast_and_its_sender_none() {
    web.send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(67));

    assertThat(db.received()).hasSize(1);
    assertThat(app.received()).hasSize(1);
    assertThat(lab.wire().received()).hasSize(1);
    assertThat(web.received()).isEmpty();
  }

  @Test
  void every_guest_gets_one_copy_of_a_broadcast_from_outside() {
    lab.wire().send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(67));
    assertThat(web.received()).hasSize(1);
    assertThat(db.received()).hasSize(1);
    assertThat(app.received()).hasSize(1);
    assertThat(proxies.channel("web", "db").account().received()).isZero();
  }

  @Test
  void a_broadcast_whose_other_copy_waits_while_its_sender_goes_arrives_once() {
    ReceiveRing ring = host.pnic("p0").virtualFunction(1).receiveRing(0);
    ring.setPolled(true);
    web.send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(67));
    lab.wire().send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(68));
    web.send(udp().to(db).port(69));
    assertThat(db.received()).hasSize(2);
    assertThat(ring.size()).isEqualTo(2);

    host.removeVm("web");
    ring.setPolled(false);

    assertThat(db.received()).extracting(Packet::destinationPort).containsExactly(67, 69, 68);
    assertThat(host.pnic("p0").account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
  }

  @Test
  void nor_does_one_that_waits_for_a_guest_without_a_function_arrive_twice() {
    use(labs.open(h -> h.vms("web", "db", "app").proxies()));
    db.pause();
    web.send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(67));
    assertThat(host.vnic("db").switchedBacklog()).isEqualTo(1);
    assertThat(proxies.channel("web", "db").poll(1)).isZero();
    proxies.withdraw("web", web.mac());
    db.resume();

    assertThat(db.received()).hasSize(1);
    assertThat(host.vnic("db").account().dropped(DropReason.NO_MATCH)).isEqualTo(1);
  }

  @Test
  void an_unknown_station_is_looked_for_by_the_uplink_only() {
    Packet sent = web.send(udp().toMac(OTHER.toString()).to("198.51.100.7").port(1));
    assertThat(stages(sent)).contains(Stage.PNIC).doesNotContain(Stage.PROXY_VNIC);
    assertThat(proxies.proxy("web", "db").account().received()).isZero();
    assertThat(proxies.proxy("web", "app").account().received()).isZero();
  }

  @Test
  void without_an_uplink_there_is_no_peer() {
    proxies.virtualSwitch("web").setUplinkConnected(false);
    web.send(udp().toMac(OTHER.toString()).to("198.51.100.7").port(1));
    web.send(udp().to(lab.wire()).port(1));
    web.send(udp().to(db).port(1));
    web.send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(67));
    lab.wire().send(udp().to(web).port(1));

    assertThat(proxies.virtualSwitch("web").account().dropped(DropReason.NO_PEER)).isEqualTo(2);
    assertThat(db.received()).hasSize(2);
    assertThat(app.received()).hasSize(1);
    assertThat(lab.wire().received()).isEmpty();
    assertThat(web.received()).isEmpty();
  }

  @Test
  void a_guest_is_no_peer_of_its_own() {
    web.send(udp().to(web).port(1));
    assertThat(proxies.virtualSwitch("web").account().dropped(DropReason.NO_PEER)).isEqualTo(1);
    assertThat(web.received()).isEmpty();
  }

  // ---- who may send what ----

  @Test
  void a_packet_under_a_foreign_address_is_dropped_if_links_are_protected() {
    web.send(udp().fromMac(app.mac().toString()).to(db).port(1));
    assertThat(proxies.virtualSwitch("web").account().dropped(DropReason.SPOOFED)).isEqualTo(1);
    assertThat(db.received()).isEmpty();

    use(
        labs.open(
            h -> h.vms("web", "db", "app").proxies(ProxyConfig.DEFAULT.withLinkProtection(false))));
    web.send(udp().fromMac(app.mac().toString()).to(db).port(1));
    assertThat(db.received()).hasSize(1);
  }

  @Test
  void guests_of_different_vlans_have_no_proxies_for_each_other() {
    use(
        labs.open(
            h ->
                h.virtualFunctions(4)
                    .vm(VmSpec.named("web").vlan(100))
                    .vm(VmSpec.named("db").vlan(200))
                    .vm(VmSpec.named("app").vlan(100))
                    .proxies()));
    web.send(udp().to(app).port(1));
    web.send(udp().to(db).port(1));
    web.send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(67));

    assertThat(app.received()).hasSize(2);
    assertThat(db.received()).isEmpty();
    assertThatThrownBy(() -> proxies.channel("web", "db"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VM 'web' has no proxy for 'db'; it has [web/proxy-app]");
    assertThat(proxies.virtualSwitch("db").table()).hasSize(1);
  }

  @Test
  void a_guest_in_a_vlan_puts_no_tags_on_itself() {
    use(
        labs.open(
            h ->
                h.vm(VmSpec.named("web").vlan(100))
                    .vm(VmSpec.named("db").vlan(100))
                    .vm(VmSpec.named("app"))
                    .proxies()));
    web.send(udp().to(db).vlan(200).port(1));
    assertThat(proxies.virtualSwitch("web").account().dropped(DropReason.VLAN_FILTERED))
        .isEqualTo(1);
    assertThat(db.received()).isEmpty();
  }

  // ---- announcements ----

  @Test
  void a_guest_that_comes_is_announced_and_one_that_goes_is_forgotten() {
    VirtualMachine cache = host.addVm(VmSpec.named("cache"));
    web.send(udp().to(cache).port(1));
    assertThat(cache.received()).hasSize(1);
    assertThat(lab.journal().events(EventKind.PROXY_ANNOUNCED))
        .last()
        .hasToString("proxy announced app, " + cache.mac() + ", cache");

    host.removeVm("cache");
    assertThat(proxies.virtualSwitch("web").table()).doesNotContainKey(cache.mac());
    Packet late = web.send(udp().to(cache).port(1));
    assertThat(stages(late)).contains(Stage.PNIC).doesNotContain(Stage.PROXY_VNIC);

    VirtualMachine again = host.addVm(VmSpec.named("cache").mac(cache.mac().toString()));
    web.send(udp().to(again).port(1));
    assertThat(again.received()).hasSize(1);
  }

  @Test
  void a_second_guest_of_an_address_is_refused_and_changes_nothing() {
    Map<MacAddress, String> before = proxies.virtualSwitch("web").table();
    int events = lab.journal().events(EventKind.CREATED).size();
    assertThatThrownBy(() -> host.addVm(VmSpec.named("twin").mac(db.mac().toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "address "
                + db.mac()
                + " for VM 'twin' is announced by VM 'db' on host h1; withdraw it there, or choose"
                + " another one");
    assertThatThrownBy(() -> proxies.announce("web", db.mac()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> proxies.change("web", web.mac(), db.mac()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(proxies.virtualSwitch("web").table()).isEqualTo(before);
    assertThat(lab.journal().events(EventKind.CREATED)).hasSize(events);
    assertThat(host.hasVm("twin")).isFalse();
  }

  @Test
  void a_guest_may_have_several_addresses_and_change_them() {
    proxies.announce("db", OTHER);
    web.send(udp().toMac(OTHER.toString()).to(db.ipv4().toString()).port(1));
    assertThat(db.received()).hasSize(1);

    proxies.change("db", OTHER, MacAddress.of("02:00:5e:10:00:98"));
    Packet old = web.send(udp().toMac(OTHER.toString()).to(db.ipv4().toString()).port(1));
    assertThat(stages(old)).doesNotContain(Stage.PROXY_VNIC);
    web.send(udp().toMac("02:00:5e:10:00:98").to(db.ipv4().toString()).port(1));
    assertThat(db.received()).hasSize(2);

    proxies.withdraw("db", MacAddress.of("02:00:5e:10:00:98"));
    assertThat(proxies.virtualSwitch("web").table()).hasSize(3);
    assertThatThrownBy(() -> proxies.withdraw("db", OTHER))
        .hasMessage("VM 'db' has no address " + OTHER + "; it has [" + db.mac() + "]");
    assertThatThrownBy(() -> proxies.announce("db", MacAddress.BROADCAST))
        .hasMessage("address ff:ff:ff:ff:ff:ff for VM 'db' is a group's; announce a station's");
  }

  @Test
  void an_announcement_that_is_lost_in_one_direction_leaves_the_uplink_for_that_direction() {
    proxies.withdrawFrom("web", "db", db.mac());
    Packet there = web.send(udp().to(db).port(1));
    Packet back = db.send(udp().to(web).port(1));

    assertThat(stages(there)).contains(Stage.VIRTUAL_FUNCTION).doesNotContain(Stage.PROXY_VNIC);
    assertThat(stages(back)).contains(Stage.PROXY_VNIC).doesNotContain(Stage.VIRTUAL_FUNCTION);
    assertThat(db.received()).hasSize(1);
    assertThat(web.received()).hasSize(1);

    web.send(udp().toMac("ff:ff:ff:ff:ff:ff").to("255.255.255.255").port(67));
    assertThat(db.received()).hasSize(2);

    proxies.announceTo("web", "db", db.mac());
    assertThat(stages(web.send(udp().to(db).port(1)))).contains(Stage.PROXY_VNIC);
  }

  @Test
  void what_is_not_there_is_told() {
    assertThatThrownBy(() -> proxies.vnic("mail"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no VM named 'mail' on host h1; it has [web, db, app]");
    Lab plain = labs.open();
    assertThatThrownBy(() -> plain.host().proxies())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("host h1 has no proxies; build it with proxies()");
    assertThat(plain.host().hasProxies()).isFalse();
  }

  // ---- the uplink's fortunes ----

  @Test
  void a_failover_of_the_uplink_does_not_touch_it() {
    host.pnic("p0").fail();
    web.send(udp().to(db).port(1));
    host.pnic("p1").fail();
    Packet sent = web.send(udp().to(db).port(1));
    assertThat(db.received()).hasSize(2);
    assertThat(stages(sent)).doesNotContain(Stage.PNIC);
    assertThat(host.vnic("web").path()).isEqualTo(VnicPath.SWITCHED);
  }

  @Test
  void several_active_nics_serve_the_uplink_and_nothing_else() {
    use(
        labs.open(
            h ->
                h.pnics(2)
                    .virtualFunctions(4)
                    .vms("web", "db", "app")
                    .aggregation(Aggregation.ACTIVE_ACTIVE)
                    .proxies()));
    web.send(udp().to(db).port(1));
    web.send(udp().to(lab.wire()).port(1));
    web.send(udp().toMac(MacAddress.BROADCAST).to("255.255.255.255").port(67));
    lab.wire().send(udp().toMac(MacAddress.BROADCAST).to("255.255.255.255").port(67));

    assertThat(db.received()).hasSize(3);
    assertThat(app.received()).hasSize(2);
    assertThat(web.received()).hasSize(1);
    assertThat(lab.wire().received()).hasSize(2);
    assertThat(web.aggregator().ports()).containsExactly("p0", "p1");
  }
}
