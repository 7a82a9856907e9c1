// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.PacketQueue;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.trace.DropReason;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The small switch of one virtual machine, between its virtual NIC, a proxy for each other virtual
 * machine of its host and VLAN, and its uplink: its virtual function or port of the host's switch.
 *
 * <pre>
 *                  own address ........ web/net0
 *   table[to] --&gt;  another VM's ....... web/proxy-db, unless it came from a proxy
 *                  unknown ............ uplink, unless it came from a proxy or from there
 *   group -------&gt; from the guest: a copy for each proxy and the uplink
 *                  from a proxy, from the uplink: web/net0 only
 * </pre>
 *
 * <p>The hypervisor writes the table; nothing is learned from packets, and nothing is flooded. A
 * frame for a group that comes by the uplink although its sender has a proxy here is a second copy,
 * and is dropped as NO_MATCH. So is what comes by the uplink for another station.
 *
 * <pre>{@code
 * host.proxies().virtualSwitch("web").table(); // {02:...:01=web/net0, 02:...:02=web/proxy-db}
 * }</pre>
 */
public class ProxySwitch {

  /** Why a copy for a group that comes by the uplink is dropped. */
  public static final String SECOND_COPY = "its copy comes by the proxy of its sender";

  private static final ProxyVnic[] NO_PROXIES = {};

  private final World world;
  private final String host;
  private final String vm;
  private final String name;
  private final int vlan;
  private final Account account;
  private final ProxyTable table = new ProxyTable();
  private final GuestVnic vnic;
  private final PacketSink uplink;
  private final boolean linkProtection;
  private boolean uplinkConnected = true;

  /** Replaced when they change: whoever takes a copy of a frame may add and remove proxies. */
  private ProxyVnic[] proxies = NO_PROXIES;

  /**
   * Creates a switch that knows no address.
   *
   * @param vlan the VLAN that the host puts the virtual machine into, 0 for none
   * @param guest takes what arrives
   * @param uplink takes what is for nobody on the host
   */
  public ProxySwitch(
      World world,
      String host,
      String vm,
      int vlan,
      Receiver guest,
      PacketSink uplink,
      ProxyConfig config) {
    this.world = world;
    this.host = host;
    this.vm = vm;
    this.name = vm + "/vswitch";
    this.vlan = vlan;
    this.uplink = uplink;
    this.linkProtection = config.linkProtection();
    this.vnic = new GuestVnic(this, guest);
    this.account = world.ledger().open(Stage.VIRTUAL_SWITCH, name);
  }

  /** What the devices of the lab share. */
  public World world() {
    return world;
  }

  String host() {
    return host;
  }

  /** The name of its virtual machine. */
  public String vm() {
    return vm;
  }

  /** The name, such as web/vswitch. */
  public String name() {
    return name;
  }

  /** The packets that went through. */
  public Account account() {
    return account;
  }

  /** The VLAN that the host puts its virtual machine into, 0 for none. */
  public int vlan() {
    return vlan;
  }

  /** The virtual machine's virtual NIC. */
  public GuestVnic vnic() {
    return vnic;
  }

  /** The proxies, in the order in which their virtual machines came. */
  public List<ProxyVnic> proxies() {
    synchronized (world) {
      return List.of(proxies);
    }
  }

  /** The proxy that stands for another virtual machine; null if none does. */
  public @Nullable ProxyVnic proxyFor(String peer) {
    for (ProxyVnic proxy : proxies()) {
      if (proxy.peer().equals(peer)) {
        return proxy;
      }
    }
    return null;
  }

  /** The name of the port that each hardware address is behind, by address. */
  public Map<MacAddress, String> table() {
    synchronized (world) {
      return table.names(vnic.name());
    }
  }

  /** Whether the uplink is there; it is unless the test says otherwise. */
  public boolean isUplinkConnected() {
    synchronized (world) {
      return uplinkConnected;
    }
  }

  /** Takes the uplink away: packets that would leave by it are dropped as NO_PEER; or puts back. */
  public void setUplinkConnected(boolean connected) {
    synchronized (world.whileOpen()) {
      uplinkConnected = connected;
    }
  }

  // ---- the hypervisor's part ----

  void add(ProxyVnic proxy) {
    ProxyVnic[] more = Arrays.copyOf(proxies, proxies.length + 1);
    more[proxies.length] = proxy;
    proxies = more;
  }

  /** Notes that an address is behind a proxy, or with null that it is the virtual machine's own. */
  public void announce(MacAddress address, @Nullable ProxyVnic port) {
    table.put(address.bits(), port);
    vnic.tableChanged();
  }

  /** Forgets an address. */
  public void withdraw(MacAddress address) {
    table.remove(address.bits());
    vnic.tableChanged();
  }

  /** Whether an address is the virtual machine's own. */
  public boolean owns(MacAddress address) {
    return table.isOwn(address.bits());
  }

  /** Whether the table knows an address. */
  public boolean knows(MacAddress address) {
    return table.contains(address.bits());
  }

  /** The virtual machine takes packets again: so do those who have something for it. */
  public void guestReady() {
    for (ProxyVnic proxy : proxies) {
      proxy.partner().channel().receiverReady();
    }
  }

  /**
   * The virtual machine is gone: its peers forget it first, all of them, and then the channels to
   * and from it are closed.
   */
  public void shutDown() {
    ProxyVnic[] former = proxies;
    proxies = NO_PROXIES;
    vnic.shutDown();
    for (ProxyVnic proxy : former) {
      proxy.peerSwitch().forget(proxy.partner());
    }
    for (ProxyVnic proxy : former) {
      proxy.channel().close();
      proxy.partner().channel().close();
    }
  }

  private void forget(ProxyVnic proxy) {
    ProxyVnic[] fewer = new ProxyVnic[proxies.length - 1];
    int at = 0;
    for (ProxyVnic each : proxies) {
      if (each != proxy) {
        fewer[at++] = each;
      }
    }
    proxies = fewer;
    table.removeAll(proxy);
  }

  // ---- from the guest ----

  /** The full channel that a packet of the guest must wait for; null if it need not wait. */
  @Nullable Channel blocker(Packet packet) {
    if (refusal(packet) != null) {
      return null;
    }
    long destination = packet.destinationMacBits();
    if (!MacAddress.isMulticast(destination)) {
      ProxyVnic proxy = table.proxyOf(destination);
      return proxy != null && proxy.channel().blocks() ? proxy.channel() : null;
    }
    for (ProxyVnic proxy : proxies) {
      if (proxy.channel().blocks()) {
        return proxy.channel();
      }
    }
    return null;
  }

  /** What the guest may not send; null if it may. */
  private @Nullable DropReason refusal(Packet packet) {
    if (packet.isRunt()) {
      return DropReason.MALFORMED;
    } else if (linkProtection && !table.isOwn(packet.sourceMacBits())) {
      return DropReason.SPOOFED;
    }
    return vlan != 0 && packet.vlanId() > 0 ? DropReason.VLAN_FILTERED : null;
  }

  void acceptFromGuest(Packet packet) {
    account.addReceived();
    DropReason refusal = refusal(packet);
    if (refusal != null) {
      world.dropped(account, packet, refusal, vnic);
      return;
    }
    world.passed(account, packet);
    long destination = packet.destinationMacBits();
    if (MacAddress.isMulticast(destination)) {
      replicate(packet);
      return;
    }
    ProxyVnic proxy = table.proxyOf(destination);
    if (proxy != null) {
      account.addSent();
      proxy.send(packet);
    } else if (!uplinkConnected || table.isOwn(destination)) {
      noPeer(packet);
    } else {
      account.addSent();
      uplink.accept(packet);
    }
  }

  /** The uplink, or else the last proxy, gets the frame itself, the others a copy each. */
  private void replicate(Packet packet) {
    ProxyVnic[] receivers = proxies;
    int copies = uplinkConnected ? receivers.length : receivers.length - 1;
    for (int i = 0; i < copies; i++) {
      account.addSent();
      receivers[i].send(world.copy(account, packet));
    }
    if (uplinkConnected) {
      account.addSent();
      uplink.accept(packet);
    } else if (receivers.length > 0) {
      account.addSent();
      receivers[copies].send(packet);
    } else {
      noPeer(packet);
    }
  }

  private void noPeer(Packet packet) {
    world.dropped(account, packet, DropReason.NO_PEER, name + " has no port for it");
  }

  // ---- from proxies ----

  private boolean isForGuest(Packet packet) {
    long destination = packet.destinationMacBits();
    return MacAddress.isMulticast(destination) || table.isOwn(destination);
  }

  boolean takesFromProxy(Packet packet, @Nullable PacketQueue queue) {
    return !isForGuest(packet) || vnic.takes(packet, queue);
  }

  /** Only the guest gets it (split horizon): every other virtual machine has its own copy. */
  void acceptFromProxy(Packet packet) {
    account.addReceived();
    if (isForGuest(packet)) {
      toGuest(packet);
    } else {
      noPeer(packet);
    }
  }

  private void toGuest(Packet packet) {
    world.passed(account, packet);
    account.addSent();
    vnic.receive(packet);
  }

  // ---- from the uplink ----

  /** The end of the uplink: what the network has for the virtual machine. */
  public Receiver uplinkEnd() {
    return new UplinkEnd();
  }

  private final class UplinkEnd implements Receiver {
    @Override
    public boolean isReady() {
      return vnic.isReady();
    }

    @Override
    public boolean takes(Packet packet, @Nullable PacketQueue queue) {
      return stranger(packet) != null ? vnic.isReady() : vnic.takes(packet, queue);
    }

    @Override
    public boolean hasRoomFor(Packet packet) {
      return stranger(packet) != null || vnic.hasRoomFor(packet);
    }

    @Override
    public void accept(Packet packet) {
      account.addReceived();
      String stranger = stranger(packet);
      if (stranger == null) {
        toGuest(packet);
      } else {
        world.dropped(account, packet, DropReason.NO_MATCH, stranger);
      }
    }

    /** Why a packet is not for the guest; null if it is. */
    private @Nullable String stranger(Packet packet) {
      if (!uplinkConnected) {
        return "the uplink is not connected";
      } else if (!isForGuest(packet)) {
        return "for another station";
      }
      return MacAddress.isMulticast(packet.destinationMacBits()) && isOfPeer(packet)
          ? SECOND_COPY
          : null;
    }
  }

  private boolean isOfPeer(Packet packet) {
    long source = packet.sourceMacBits();
    for (ProxyVnic proxy : proxies) {
      if (proxy.peerSwitch().table.isOwn(source)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return name + " " + table();
  }
}
