// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.Packet;
import dev.ringside.ring.PacketQueue;
import dev.ringside.trace.Account;
import dev.ringside.trace.Stage;
import dev.ringside.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A virtual NIC that stands, in one virtual machine, for another one of the same host. It exchanges
 * packets with its partner only, the proxy over there that stands for this virtual machine.
 *
 * <pre>
 *   web/vswitch --&gt; web/proxy-db --channel web&gt;db--&gt; db/proxy-web --&gt; db/vswitch
 * </pre>
 *
 * <pre>{@code
 * ProxyVnic proxy = host.proxies().proxy("web", "db");
 * proxy.partner(); // db/proxy-web
 * }</pre>
 */
public class ProxyVnic {

  private final World world;
  private final String name;
  private final ProxySwitch owner;
  private final ProxySwitch peer;
  private final Account account;
  private final Channel channel;
  private @Nullable ProxyVnic partner;

  ProxyVnic(ProxySwitch owner, ProxySwitch peer, ProxyConfig config) {
    this.world = owner.world();
    this.name = owner.vm() + "/proxy-" + peer.vm();
    this.owner = owner;
    this.peer = peer;
    this.account = world.ledger().open(Stage.PROXY_VNIC, name);
    this.channel = VirtParts.of(world).channel(this, owner.vm(), peer.vm(), config);
  }

  /** Gives two virtual machines a proxy for each other; their tables know no address yet. */
  public static void join(ProxySwitch one, ProxySwitch other, ProxyConfig config) {
    VirtParts parts = VirtParts.of(one.world());
    ProxyVnic near = parts.proxyVnic(one, other, config);
    ProxyVnic far = parts.proxyVnic(other, one, config);
    near.partner = far;
    far.partner = near;
    one.add(near);
    other.add(far);
  }

  World world() {
    return world;
  }

  /** The name, such as web/proxy-db. */
  public String name() {
    return name;
  }

  /** The packets that went through, in both directions. */
  public Account account() {
    return account;
  }

  /** The name of the virtual machine that it stands for. */
  public String peer() {
    return peer.vm();
  }

  /** The proxy that it exchanges packets with. */
  public ProxyVnic partner() {
    ProxyVnic other = partner;
    if (other == null) {
      throw new AssertionError(name + " has no partner; please report this bug");
    }
    return other;
  }

  /** What it sends goes through this channel. */
  public Channel channel() {
    return channel;
  }

  /** The switch of the virtual machine that it is in. */
  public ProxySwitch owner() {
    return owner;
  }

  /** The switch of the virtual machine that it stands for. */
  ProxySwitch peerSwitch() {
    return peer;
  }

  // ---- packets ----

  /** From the virtual machine's switch to the channel. */
  void send(Packet packet) {
    pass(packet);
    channel.accept(packet);
  }

  /** Whether the virtual machine takes a packet of the peer. */
  boolean takes(Packet packet, @Nullable PacketQueue queue) {
    return owner.takesFromProxy(packet, queue);
  }

  /** From the partner's channel to the virtual machine's switch. */
  void receive(Packet packet) {
    pass(packet);
    owner.acceptFromProxy(packet);
  }

  private void pass(Packet packet) {
    account.addReceived();
    world.passed(account, packet);
    account.addSent();
  }

  @Override
  public String toString() {
    return name;
  }
}
