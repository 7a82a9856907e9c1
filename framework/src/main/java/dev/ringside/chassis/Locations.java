// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.host.Host;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Endpoint;
import dev.ringside.transfer.Media;
import dev.ringside.transfer.Whereabouts;
import dev.ringside.virt.Channel;
import dev.ringside.vm.VirtualMachine;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the virtual machines of a lab are, as the switching tables say, and what is on the way from
 * one to another.
 *
 * <pre>
 *   both on one host ............................. memory
 *   both in one chassis, by its interconnect ..... interconnect
 *   else, for each end: on a blade, by its interconnect and the shared NIC ... interconnect, network
 *                       on a blade, by a NIC of its own, or on another host .. network
 *                       nowhere, as computers outside ........................ network
 * </pre>
 *
 * <pre>{@code
 * Transfers transfers = new Transfers(world, Locations.of(hosts::get, fabric));
 * }</pre>
 */
public final class Locations implements Whereabouts {

  private static final Set<Media> NONE = Collections.emptySet();
  private static final Set<Media> MEMORY = only(Media.LOCAL_MEMORY);
  private static final Set<Media> INTERCONNECT = only(Media.CHASSIS_INTERCONNECT);
  private static final Set<Media> NETWORK = only(Media.STANDARD_NETWORK);
  private static final Set<Media> BOTH =
      Collections.unmodifiableSet(
          EnumSet.range(Media.CHASSIS_INTERCONNECT, Media.STANDARD_NETWORK));

  private final Function<String, @Nullable Host> hosts;
  private final @Nullable Fabric fabric;

  private Locations(Function<String, @Nullable Host> hosts, @Nullable Fabric fabric) {
    this.hosts = hosts;
    this.fabric = fabric;
  }

  /**
   * Where the nodes of a lab are.
   *
   * @param hosts finds a host by its name
   * @param fabric what the chassis have in common, null without chassis
   */
  public static Whereabouts of(Function<String, @Nullable Host> hosts, @Nullable Fabric fabric) {
    return new Locations(hosts, fabric);
  }

  private static Set<Media> only(Media medium) {
    return Collections.unmodifiableSet(EnumSet.of(medium));
  }

  @Override
  public long version() {
    return fabric == null ? 0 : fabric.version();
  }

  @Override
  public void onChange(Runnable listener) {
    if (fabric != null) {
      fabric.onChange(listener);
    }
  }

  // ---- places ----

  /** The host that a node is on, null if it is on none. */
  private @Nullable Host real(Endpoint node) {
    if (node instanceof VirtualMachine vm) {
      Host host = hosts.apply(vm.hostName());
      return host != null && host.hasVm(vm.name()) ? host : null;
    }
    return null;
  }

  /** The host that a node is on as the table of its chassis says. */
  private @Nullable Host told(Endpoint node) {
    Host host = real(node);
    if (host instanceof Blade blade && node instanceof VirtualMachine vm) {
      return blade.chassis().switchingTable().bladeOf(vm);
    }
    return host;
  }

  // ---- ways ----

  @Override
  public Set<Media> media(Endpoint from, Endpoint to) {
    return media(from, told(from), to, told(to));
  }

  private static Set<Media> media(
      Endpoint from, @Nullable Host near, Endpoint to, @Nullable Host far) {
    if (near != null && near == far) {
      return MEMORY;
    }
    if (near instanceof Blade one
        && far instanceof Blade other
        && one.chassis() == other.chassis()
        && usesInterconnect(one, from)
        && usesInterconnect(other, to)) {
      return INTERCONNECT;
    }
    Set<Media> out = wayOut(near, from);
    Set<Media> in = wayOut(far, to);
    if (out.isEmpty() || in.isEmpty()) {
      return NONE;
    }
    return out == BOTH ? BOTH : in;
  }

  private static boolean usesInterconnect(Blade blade, Endpoint node) {
    return !blade.chassis().interconnect().isFailed()
        && node instanceof VirtualMachine vm
        && blade.usesInterconnect(vm);
  }

  /** What is between a node and the network outside. */
  private static Set<Media> wayOut(@Nullable Host host, Endpoint node) {
    if (!(host instanceof Blade blade)) {
      return NETWORK;
    }
    if (usesInterconnect(blade, node)) {
      return blade.chassis().networkInterface().isUsable() ? BOTH : NONE;
    }
    for (String nic : blade.externalPnics()) {
      PhysicalNic external = blade.pnic(nic);
      if (external.isUsable()) {
        return NETWORK;
      }
    }
    return NONE;
  }

  /** The tables may be wrong: then what is sent comes to where nobody waits for it. */
  @Override
  public boolean leadTo(Set<Media> media, Endpoint from, Endpoint to) {
    Host near = real(from);
    Host far = real(to);
    return near != null
        && far != null
        && far == told(to)
        && media(from, near, to, far).equals(media);
  }

  @Override
  public @Nullable Channel channel(Endpoint from, Endpoint to) {
    Host host = real(from);
    return host == null || host != real(to) || !host.hasProxies()
        ? null
        : host.proxies().channelOrNull(from.name(), to.name());
  }
}
