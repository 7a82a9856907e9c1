// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringside.Lab;
import dev.ringside.TestLabs;
import dev.ringside.host.Host;
import dev.ringside.host.Proxies;
import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.ring.WaitQueue;
import dev.ringside.ring.Waiter;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.EventKind;
import dev.ringside.vm.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What switches with proxies, their tables and their channels tell of themselves. */
class ProxyPartsTest {

  @RegisterExtension final TestLabs labs = new TestLabs();

  private Lab lab;
  private Host host;
  private Proxies proxies;
  private VirtualMachine web;
  private VirtualMachine db;
  private Channel channel;

  @BeforeEach
  void three_virtual_machines_with_proxies_for_each_other() {
    ProxyConfig two = ProxyConfig.DEFAULT.withCapacity(2).withWhenFull(WhenFull.WAIT);
    lab = labs.open(h -> h.virtualFunctions(4).vms("web", "db", "app").proxies(two));
    host = lab.host();
    proxies = host.proxies();
    web = host.vm("web");
    db = host.vm("db");
    channel = proxies.channel("web", "db");
  }

  private Packet send(int port) {
    return web.send(udp().to(db).port(port).payloadSize(100));
  }

  @Test
  void a_switch_knows_whose_it_is_and_what_is_behind_it() {
    ProxySwitch own = proxies.virtualSwitch("web");

    assertThat(own.name()).isEqualTo("web/vswitch");
    assertThat(own.vm()).isEqualTo("web");
    assertThat(own.host()).isEqualTo(host.name());
    assertThat(own.vlan()).isZero();
    assertThat(own.world()).isSameAs(lab.world());
    assertThat(own.owns(web.mac())).isTrue();
    assertThat(own.owns(db.mac())).isFalse();
    assertThat(own.owns(MacAddress.of("02:00:5e:10:00:99"))).isFalse();
    assertThat(own.table()).hasSize(3).containsEntry(web.mac(), own.vnic().name());
    assertThat(own).hasToString("web/vswitch " + own.table());
    assertThat(own.isUplinkConnected()).isTrue();
    own.setUplinkConnected(false);
    assertThat(own.isUplinkConnected()).isFalse();
    assertThat(proxies.vnic("web")).hasToString("web/net0");
  }

  @Test
  void the_last_word_on_an_address_counts_in_any_order() {
    ProxyTable table = new ProxyTable();
    ProxyVnic toDb = proxies.proxy("web", "db");
    ProxyVnic toApp = proxies.proxy("web", "app");
    table.remove(7);
    for (long address : new long[] {50, 0, 90, 10}) {
      table.put(address, toDb);
    }
    table.put(70, null);
    table.put(10, toApp);
    table.put(0, toApp);

    assertThat(table.proxyOf(0)).isSameAs(toApp);
    assertThat(table.proxyOf(10)).isSameAs(toApp);
    assertThat(table.proxyOf(50)).isSameAs(toDb);
    assertThat(table.isOwn(70)).isTrue();
    assertThat(table.isOwn(50)).isFalse();
    table.remove(11);
    assertThat(table.names("own")).hasSize(5);
    table.remove(0);
    assertThat(table.contains(0)).isFalse();
    table.removeAll(toDb);
    assertThat(table.contains(50)).isFalse();
    assertThat(table.contains(90)).isFalse();
    assertThat(table.names("own").values()).containsExactly(toApp.name(), "own");
    table.put(1, toApp);
    table.removeAll(toApp);
    assertThat(table.names("own").values()).containsExactly("own");
  }

  @Test
  void a_channel_may_have_no_room_but_not_less() {
    assertThat(ProxyConfig.DEFAULT.withCapacity(0).capacity()).isZero();
    assertThat(ProxyConfig.DEFAULT.withWhenFull(WhenFull.DROP).whenFull()).isEqualTo(WhenFull.DROP);
    assertThatThrownBy(() -> ProxyConfig.DEFAULT.withCapacity(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("capacity -1 of a channel must not be negative");
  }

  @Test
  void what_a_channel_is_told_is_in_the_journal() {
    channel.setCapacity(5);
    channel.setWhenFull(WhenFull.DROP);

    assertThat(lab.journal().entries().stream().map(Object::toString))
        .anyMatch(line -> line.endsWith("channel web>db, capacity 5"))
        .anyMatch(line -> line.endsWith("channel web>db, DROP when full"));
    assertThat(channel.world()).isSameAs(lab.world());
    assertThat(channel.isClosed()).isFalse();
    assertThat(channel.waiters()).isEmpty();
  }

  @Test
  void what_is_no_packet_passes_a_channel_only_when_all_packets_have() {
    List<String> handedOver = new ArrayList<>();
    WaitQueue.Request handOver =
        new WaitQueue.Request() {
          @Override
          public boolean tryGrant() {
            return channel.size() == 0;
          }

          @Override
          public void granted(Waiter waiter) {
            handedOver.add("after " + db.received().size());
          }
        };
    assertThat(channel.letsPass()).isTrue();
    db.pause();
    send(1);
    assertThat(channel.letsPass()).isFalse();
    assertThat(channel.live()).isEqualTo(1);

    Waiter waiter = lab.world().call(() -> channel.awaitTurn("hand-over", handOver));
    assertThat(waiter.wokenBy()).isEqualTo("db taking all packets");
    assertThat(channel.waiters()).containsExactly(waiter);
    db.resume();

    assertThat(handedOver).containsExactly("after 1");
    assertThat(channel.letsPass()).isTrue();
    Waiter alone = lab.world().call(() -> channel.awaitTurn("hand-over", () -> false));
    assertThat(channel.letsPass()).isFalse();
    alone.cancel();
    assertThat(channel.letsPass()).isTrue();
  }

  @Test
  void nothing_passes_the_channel_of_one_who_is_gone() {
    db.pause();
    send(1);
    GuestVnic vnic = proxies.vnic("db");

    host.removeVm("db");

    assertThat(channel.isClosed()).isTrue();
    assertThat(channel.letsPass()).isFalse();
    assertThat(channel.size()).isZero();
    assertThat(vnic).hasToString("db/net0 (DOWN)");
    assertThat(vnic.isReady()).isTrue(); // to say that it is gone
    assertThat(lab.ledger().live()).isZero();
    lab.ledger().expectDrops(DropReason.TARGET_GONE);
  }

  @Test
  void a_packet_that_waits_is_alive_in_the_virtual_nic_of_its_sender() {
    db.pause();
    for (int port = 1; port <= 5; port++) {
      send(port);
    }
    GuestVnic vnic = proxies.vnic("web");

    assertThat(vnic.live()).isEqualTo(3);
    assertThat(vnic.packets()).extracting(Packet::destinationPort).containsExactly(3, 4, 5);
    assertThat(lab.journal().events(EventKind.REQUEST_WAITS)).isNotEmpty();
    db.resume();
    assertThat(vnic.live()).isZero();
    assertThat(vnic.waiter()).isNull();
    assertThat(db.received()).hasSize(5);
  }
}
