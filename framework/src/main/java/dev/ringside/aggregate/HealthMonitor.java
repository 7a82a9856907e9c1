// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.trace.Event;
import dev.ringside.world.World;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a member counts as failed and when as healthy again: a change of its link must last
 * for the down or up delay, lost probes count at once. As in the Linux bonding driver, the up delay
 * is not waited for while no NIC is active.
 */
final class HealthMonitor {

  private final World world;
  private final String host;

  /** Is told once a change counts. */
  private final LinkAggregator aggregator;

  private final List<MemberHealth> members = new ArrayList<>(4);
  private AggregatorConfig config;

  HealthMonitor(World world, String host, AggregatorConfig config, LinkAggregator aggregator) {
    this.world = world;
    this.host = host;
    this.config = config;
    this.aggregator = aggregator;
  }

  void configure(AggregatorConfig newConfig) {
    config = newConfig;
  }

  MemberHealth add(Member member) {
    MemberHealth health = new MemberHealth(member, members.size(), world.now());
    members.add(health);
    return health;
  }

  /** In the configured order. */
  List<MemberHealth> members() {
    return members;
  }

  @Nullable MemberHealth find(String name) {
    for (MemberHealth health : members) {
      if (health.member.name().equals(name)) {
        return health;
      }
    }
    return null;
  }

  /** The place of a member in the configured order. */
  int orderOf(Member member) {
    for (MemberHealth health : members) {
      if (health.member == member) {
        return health.order;
      }
    }
    throw new AssertionError(member.name() + " is no member; please report this bug");
  }

  /** The members that count as healthy, in the configured order. */
  List<Candidate> healthy() {
    List<Candidate> healthy = new ArrayList<>(members.size());
    for (MemberHealth health : members) {
      if (health.usable) {
        healthy.add(health.candidate());
      }
    }
    return healthy;
  }

  /** Its link has changed, or it failed or was repaired; or nothing has changed. */
  void changed(MemberHealth health) {
    health.probesLost = false;
    reconsider(health);
  }

  /** Probes through it remain unanswered; it counts as failed until it changes. */
  void probesLost(MemberHealth health) {
    health.probesLost = true;
    reconsider(health);
  }

  private void reconsider(MemberHealth health) {
    boolean looksUsable = health.looksUsable();
    if (looksUsable == health.usable) {
      health.cancelChange(); // it flapped back in time
      return;
    }
    long delay = delayOf(health, looksUsable);
    if (delay == 0) {
      health.cancelChange();
      accept(health, looksUsable);
    } else if (health.change == null) {
      health.change =
          world.schedule(
              delay,
              () -> {
                health.change = null;
                accept(health, looksUsable);
              });
    }
  }

  private long delayOf(MemberHealth health, boolean looksUsable) {
    if (looksUsable) {
      return aggregator.isWithoutUplink() ? 0 : config.upDelay().toNanos();
    }
    return health.probesLost ? 0 : config.downDelay().toNanos();
  }

  private void accept(MemberHealth health, boolean usable) {
    if (usable) {
      becomeUsable(health);
      aggregator.mode().repaired(health);
    } else {
      health.usable = false;
      health.failures++;
      world.record(host, Event.failureDetected(health.member.name()), "");
      aggregator.mode().failed(health);
    }
  }

  private void becomeUsable(MemberHealth health) {
    health.usable = true;
    health.healthySince = world.now();
    world.record(host, Event.repairDetected(health.member.name()), "");
  }

  /** Waits no longer for members that look healthy. Nobody is told. */
  void endUpDelays() {
    for (MemberHealth health : members) {
      if (health.change != null && health.looksUsable()) {
        health.cancelChange();
        becomeUsable(health);
      }
    }
  }
}
