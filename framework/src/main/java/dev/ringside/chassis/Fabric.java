// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.chassis;

import dev.ringside.host.AddressPlan;
import dev.ringside.routing.Subnets;
import dev.ringside.wire.ExternalSwitch;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the chassis of a lab have in common: the network that joins them, and a number that grows
 * with every change of what is where and of what can be reached how.
 *
 * <pre>{@code
 * long before = lab.topologyVersion();
 * }</pre>
 */
public final class Fabric {

  private final World world;
  private final ExternalSwitch network;
  private final AddressPlan plan;
  private List<Runnable> listeners = List.of();
  private final @Nullable Subnets subnets;
  private long version;

  /** Creates one without chassis. */
  public Fabric(World world, ExternalSwitch network, AddressPlan plan, @Nullable Subnets subnets) {
    this.subnets = subnets;
    this.world = world;
    this.network = network;
    this.plan = plan;
  }

  World world() {
    return world;
  }

  ExternalSwitch network() {
    return network;
  }

  @Nullable Subnets subnets() {
    return subnets;
  }

  AddressPlan plan() {
    return plan;
  }

  /** Grows with every change. */
  public long version() {
    synchronized (world) {
      return version;
    }
  }

  /** Something has changed. */
  public void changed() {
    version++;
    for (Runnable listener : listeners) {
      listener.run();
    }
  }

  /** Calls this after every change from now on, within the operation that has made it. */
  public void onChange(Runnable listener) {
    synchronized (world) {
      List<Runnable> more = new ArrayList<>(listeners);
      more.add(listener);
      listeners = more;
    }
  }
}
