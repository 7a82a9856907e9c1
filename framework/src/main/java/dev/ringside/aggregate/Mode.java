// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.aggregate;

import org.jspecify.annotations.Nullable;

/** How an aggregation uses its members: one at a time, or all that are healthy. */
interface Mode {

  /** Where it is in the course of a failover. */
  AggregatorState state();

  /** The active member, the first of them where there are several; null while there is none. */
  @Nullable MemberHealth active();

  /** The same, but null in the course of a failover. */
  @Nullable MemberHealth steadyMember();

  /** Whether a member carries traffic. */
  boolean isActive(MemberHealth member);

  /** Activates what is to be active among the members that were added. */
  void start();

  /** Behaves like this from now on. */
  void configure(AggregatorConfig newConfig);

  /** There is another member. */
  void added(MemberHealth member);

  /** A member counts as failed from now on. */
  void failed(MemberHealth member);

  /** A member counts as healthy from now on. */
  void repaired(MemberHealth member);

  /** The test wants this member to be the active one. */
  void request(MemberHealth target);

  /** There is another guest. */
  void addClient(Client client);

  /** A guest is no more. */
  void removeClient(Client client);

  /** Runs an action as soon as no failover is going on: now, or later. */
  void whenSettled(Runnable action);

  /** A virtual function of this NIC is free. */
  void functionReleased(Member member);
}
