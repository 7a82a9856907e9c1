// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.host;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.EventKind;
import dev.ringside.virt.Channel;
import dev.ringside.virt.GuestVnic;
import dev.ringside.virt.ProxyConfig;
import dev.ringside.virt.ProxySwitch;
import dev.ringside.virt.ProxyVnic;
import dev.ringside.virt.VirtParts;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control domain of a host whose virtual machines reach each other by proxies: it announces to
 * each of them the hardware addresses of the others, and takes them back when one is gone. Virtual
 * machines of different VLANs have no proxies for each other.
 *
 * <pre>
 *   web: {HA web = web/net0, HA db = web/proxy-db}    db: {HA db = db/net0, HA web = db/proxy-web}
 *
 *   web/net0 --&gt; web/vswitch --&gt; web/proxy-db --web&gt;db--&gt; db/proxy-web --&gt; db/vswitch --&gt; db/net0
 * </pre>
 *
 * <pre>{@code
 * lab.host("h1").vms("web", "db").proxies();
 * host.proxies().channel("web", "db").setCapacity(4);
 * host.proxies().withdrawFrom("web", "db", db.mac()); // web sends to db by its uplink now
 * }</pre>
 *
 * <p>Not modelled: a guest that gives its own stack another address; announce further addresses
 * instead. Nor is order kept between the proxy and the uplink when an announcement changes while
 * packets wait; and a copy of a broadcast that waits in a receive ring of the host itself while its
 * sender goes is delivered.
 */
public class Proxies {

  private final World world;
  private final String host;
  private final ProxyConfig config;
  private final List<Environment> environments = new ArrayList<>(4);

  Proxies(World world, String host, ProxyConfig config) {
    this.world = world;
    this.host = host;
    this.config = config;
  }

  static Proxies required(@Nullable Proxies proxies, String host) {
    if (proxies == null) {
      throw new IllegalStateException("host " + host + " has no proxies; build it with proxies()");
    }
    return proxies;
  }

  // ---- what there is ----

  /** How it was built. */
  public ProxyConfig config() {
    return config;
  }

  /**
   * The switch of a virtual machine.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public ProxySwitch virtualSwitch(String vm) {
    synchronized (world) {
      return environment(vm).virtualSwitch();
    }
  }

  /**
   * The virtual NIC between a virtual machine and its switch.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public GuestVnic vnic(String vm) {
    return virtualSwitch(vm).vnic();
  }

  /**
   * The proxy that stands in a virtual machine for another one.
   *
   * @throws IllegalArgumentException if there are no such two, or they have no proxies for each
   *     other
   */
  public ProxyVnic proxy(String vm, String peer) {
    ProxySwitch own = virtualSwitch(vm);
    ProxyVnic proxy = own.proxyFor(virtualSwitch(peer).vm());
    if (proxy == null) {
      throw new IllegalArgumentException(
          "VM '" + vm + "' has no proxy for '" + peer + "'; it has " + own.proxies());
    }
    return proxy;
  }

  /**
   * The channel from one virtual machine to another one.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Channel channel(String from, String to) {
    return proxy(from, to).channel();
  }

  /** The channel from one virtual machine to another one, null if there is none. */
  public @Nullable Channel channelOrNull(String from, String to) {
    synchronized (world) {
      Environment own = find(from);
      ProxyVnic proxy = own == null ? null : own.virtualSwitch().proxyFor(to);
      return proxy == null ? null : proxy.channel();
    }
  }

  /** All channels, by sender and then by receiver, in the order of the virtual machines. */
  public List<Channel> channels() {
    synchronized (world) {
      List<Channel> channels = new ArrayList<>();
      for (Environment environment : environments) {
        for (ProxyVnic proxy : environment.virtualSwitch().proxies()) {
          channels.add(proxy.channel());
        }
      }
      return channels;
    }
  }

  private @Nullable Environment find(String vm) {
    for (Environment environment : environments) {
      if (environment.vm().equals(vm)) {
        return environment;
      }
    }
    return null;
  }

  private Environment environment(String vm) {
    Environment found = find(vm);
    if (found != null) {
      return found;
    }
    List<String> names = new ArrayList<>(environments.size());
    for (Environment environment : environments) {
      names.add(environment.vm());
    }
    throw new IllegalArgumentException(
        "no VM named '" + vm + "' on host " + host + "; it has " + names);
  }

  // ---- virtual machines come and go ----

  /** Refuses a virtual machine whose address another one has that it would have a proxy for. */
  void checkFree(VmSpec spec) {
    if (spec.macOrNull() != null) {
      checkFree(spec.name(), spec.vlan(), spec.macOrNull());
    }
  }

  private void checkFree(String vm, int vlan, MacAddress address) {
    for (Environment other : environments) {
      if (other.vlan() == vlan && other.addresses().contains(address)) {
        throw new IllegalArgumentException(
            "address "
                + address
                + " for VM '"
                + vm
                + "' is announced by VM '"
                + other.vm()
                + "' on host "
                + host
                + "; withdraw it there, or choose another one");
      }
    }
  }

  Environment newEnvironment(Guest guest, VmSpec spec, MacAddress mac) {
    checkFree(spec.name(), spec.vlan(), mac);
    return new Environment(guest, spec, mac, this);
  }

  ProxySwitch newSwitch(String vm, int vlan, Receiver stack, PacketSink uplink) {
    return VirtParts.of(world).proxySwitch(world, host, vm, vlan, stack, uplink, config);
  }

  void added(Environment environment) {
    ProxySwitch own = environment.virtualSwitch();
    for (Environment peer : environments) {
      if (peer.vlan() == environment.vlan()) {
        ProxyVnic.join(own, peer.virtualSwitch(), config);
        for (MacAddress address : peer.addresses()) {
          tell(environment, peer, address);
        }
      }
    }
    environments.add(environment);
    publish(environment, environment.mac());
  }

  void removed(Environment environment) {
    environments.remove(environment);
    for (Environment peer : environments) {
      for (MacAddress address : environment.addresses()) {
        if (peer.vlan() == environment.vlan()) {
          peer.discardSecondCopies(address);
          if (peer.virtualSwitch().knows(address)) {
            record(EventKind.PROXY_WITHDRAWN, peer, environment, address);
          }
        }
      }
    }
    environment.virtualSwitch().shutDown();
  }

  // ---- announcements ----

  /**
   * Announces a hardware address of a virtual machine to all others of its VLAN, besides those that
   * it has.
   *
   * @throws IllegalArgumentException if one of them has it, or it is a group's
   */
  public void announce(String vm, MacAddress address) {
    world.run(
        () -> {
          Environment owner = environment(vm);
          check(owner, address);
          publish(owner, address);
        });
  }

  private void check(Environment owner, MacAddress address) {
    if (address.isMulticast()) {
      throw new IllegalArgumentException(
          "address " + address + " for VM '" + owner.vm() + "' is a group's; announce a station's");
    }
    checkFree(owner.vm(), owner.vlan(), address);
  }

  private void publish(Environment owner, MacAddress address) {
    owner.addresses().add(address);
    owner.virtualSwitch().announce(address, null);
    for (Environment peer : environments) {
      if (peer != owner && peer.vlan() == owner.vlan()) {
        tell(peer, owner, address);
      }
    }
  }

  private void tell(Environment peer, Environment owner, MacAddress address) {
    ProxySwitch told = peer.virtualSwitch();
    told.announce(address, told.proxyFor(owner.vm()));
    record(EventKind.PROXY_ANNOUNCED, peer, owner, address);
  }

  private void record(EventKind kind, Environment peer, Environment owner, MacAddress address) {
    world.record(host, kind, peer.vm(), address.toString(), owner.vm());
  }

  /**
   * Takes an address of a virtual machine back, from itself and from all others.
   *
   * @throws IllegalArgumentException if the virtual machine has no such address
   */
  public void withdraw(String vm, MacAddress address) {
    world.run(() -> takeBack(owner(vm, address), address));
  }

  /**
   * A virtual machine has another address instead of one that it had. Nothing has changed if the
   * new one is refused.
   *
   * @throws IllegalArgumentException if it does not have the former, or another one has the new
   */
  public void change(String vm, MacAddress former, MacAddress address) {
    world.run(
        () -> {
          Environment owner = owner(vm, former);
          check(owner, address);
          takeBack(owner, former);
          publish(owner, address);
        });
  }

  private Environment owner(String vm, MacAddress address) {
    Environment owner = environment(vm);
    if (!owner.addresses().contains(address)) {
      throw new IllegalArgumentException(
          "VM '" + vm + "' has no address " + address + "; it has " + owner.addresses());
    }
    return owner;
  }

  private void takeBack(Environment owner, MacAddress address) {
    owner.addresses().remove(address);
    for (Environment peer : environments) {
      if (peer != owner && peer.vlan() == owner.vlan()) {
        peer.discardSecondCopies(address);
      }
      if (peer.vlan() == owner.vlan() && peer.virtualSwitch().knows(address)) {
        peer.virtualSwitch().withdraw(address);
        if (peer != owner) {
          record(EventKind.PROXY_WITHDRAWN, peer, owner, address);
        }
      }
    }
  }

  /**
   * Loses an announcement on its way to one peer: that one sends to the address by its uplink,
   * while the others, and the way back, are as they were.
   *
   * @throws IllegalArgumentException if there are no such two with proxies for each other, or the
   *     virtual machine has no such address
   */
  public void withdrawFrom(String peer, String vm, MacAddress address) {
    world.run(
        () -> {
          Environment owner = owner(vm, address);
          ProxySwitch told = proxy(peer, owner.vm()).owner();
          if (told.knows(address)) {
            told.withdraw(address);
            record(EventKind.PROXY_WITHDRAWN, environment(peer), owner, address);
          }
        });
  }

  /**
   * Repeats an announcement for one peer, to which it was lost; what it knows changes nothing.
   *
   * @throws IllegalArgumentException as for {@link #withdrawFrom}
   */
  public void announceTo(String peer, String vm, MacAddress address) {
    world.run(
        () -> {
          Environment owner = owner(vm, address);
          if (!proxy(peer, owner.vm()).owner().knows(address)) {
            tell(environment(peer), owner, address);
          }
        });
  }

  @Override
  public String toString() {
    List<ProxySwitch> switches = new ArrayList<>(environments.size());
    synchronized (world) {
      for (Environment environment : environments) {
        switches.add(environment.virtualSwitch());
      }
    }
    return "proxies of host " + host + ": " + switches;
  }
}
