// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.virt;

import dev.ringside.packet.MacAddress;
import dev.ringside.packet.PacketSink;
import dev.ringside.ring.Receiver;
import dev.ringside.trace.Account;
import dev.ringside.world.World;

/**
 * Makes the devices of this package, each by its constructor and without a decision of its own; see
 * {@link dev.ringside.world.PartsSource}.
 *
 * <pre>{@code
 * VirtParts.of(world);
 * }</pre>
 */
public class VirtParts {

  private static final VirtParts PLAIN = new VirtParts();

  VirtParts() {}

  /** Those of a lab: plain ones unless it was opened with another source. */
  public static VirtParts of(World world) {
    return world.parts(VirtParts.class, PLAIN);
  }

  /** The virtual switch of a host. */
  public VirtualSwitch virtualSwitch(World world, String name) {
    return new VirtualSwitch(world, name);
  }

  /** A virtual NIC. */
  public Vnic vnic(
      World world,
      String host,
      String name,
      MacAddress mac,
      Receiver guest,
      OutboundPath switchPort) {
    return new Vnic(world, host, name, mac, guest, switchPort);
  }

  /** A path of a virtual NIC through a function. */
  public FunctionVnic functionVnic(World world, String name, PacketSink function, Vnic vnic) {
    return new FunctionVnic(world, name, function, vnic);
  }

  /** The switch of a virtual machine. */
  public ProxySwitch proxySwitch(
      World world,
      String host,
      String vm,
      int vlan,
      Receiver guest,
      PacketSink uplink,
      ProxyConfig config) {
    return new ProxySwitch(world, host, vm, vlan, guest, uplink, config);
  }

  /** A proxy. */
  ProxyVnic proxyVnic(ProxySwitch owner, ProxySwitch peer, ProxyConfig config) {
    return new ProxyVnic(owner, peer, config);
  }

  /** A channel between proxies. */
  Channel channel(ProxyVnic sender, String from, String to, ProxyConfig config) {
    return new Channel(sender, from, to, config);
  }

  /** A software ring. */
  public SoftwareRing softwareRing(
      World world, String name, SoftwareRing.Source source, PacketSink unknown) {
    return new SoftwareRing(world, name, source, unknown);
  }

  /** A software receive ring. */
  SoftwareReceiveRing softwareReceiveRing(
      World world, String host, String name, Account account, Receiver guest, Vnic vnic) {
    return new SoftwareReceiveRing(world, host, name, account, guest, vnic);
  }
}
