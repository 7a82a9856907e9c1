// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import dev.ringside.world.Timer;
import org.jspecify.annotations.Nullable;

/** What the aggregator knows of one member. */
final class MemberHealth {

  final Member member;
  final int order;
  boolean usable;
  boolean probesLost;

  /** It was repaired in the course of a failover: whether it shall be active is asked later. */
  boolean repairedMeanwhile;

  int failures;
  long healthySince;
  @Nullable Timer change;

  MemberHealth(Member member, int order, long now) {
    this.member = member;
    this.order = order;
    this.usable = member.looksHealthy();
    this.healthySince = now;
  }

  boolean looksUsable() {
    return member.looksHealthy() && !probesLost;
  }

  Candidate candidate() {
    return new Candidate(member.name(), order, member.speed(), failures, healthySince);
  }

  void cancelChange() {
    if (change != null) {
      change.cancel();
      change = null;
    }
  }
}
