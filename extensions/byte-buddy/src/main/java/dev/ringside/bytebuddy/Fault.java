// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.bytebuddy;

import dev.ringside.time.Ratio;
import dev.ringside.time.SeededRandom;
import dev.ringside.trace.Event;
import dev.ringside.trace.EventKind;
import dev.ringside.world.PlannedFault;
import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was planned.
 *
 * <pre>{@code
 * Fault lost = faults.before(PhysicalNic::repair).drop();
 * host.pnic("p0").repair();
 * lost.fired(); // 1
 * lost.end();   // from now on repairs work
 * }</pre>
 */
public final class Fault implements PlannedFault {

  private final Faults owner;
  private final FaultPlan.Settings<Object> settings;
  private final Effect<Object> effect;
  private @Nullable SeededRandom random;

  // Written within operations of the lab, read by anybody.
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong fired = new AtomicLong();
  private volatile boolean ended;
  private volatile boolean lenient;

  Fault(Faults owner, FaultPlan.Settings<Object> settings, Effect<Object> effect) {
    this.owner = owner;
    this.settings = settings;
    this.effect = effect;
  }

  /** How often it has fired. */
  public long fired() {
    return fired.get();
  }

  /** How many calls have matched, whether it fired or not. */
  public long calls() {
    return calls.get();
  }

  /**
   * Lets the fault never fire without a word from the check after the test.
   *
   * @return this
   */
  public Fault lenient() {
    lenient = true;
    return this;
  }

  /** Never fires again. */
  public void end() {
    ended = true;
  }

  boolean isOf(Object device, Method method) {
    return settings.point().isOf(device, method);
  }

  @Nullable Object around(Call<Object> call, Call.Next next) {
    if (settings.point().moment() == Moment.BEFORE) {
      return fires(call) ? fire(call, next) : next.proceed();
    }
    Object result = next.proceed();
    call.returned(result);
    return fires(call) ? fire(call, () -> result) : result;
  }

  private boolean fires(Call<Object> made) {
    if (ended || !settings.isMeant(made)) {
      return false;
    }
    long call = calls.incrementAndGet();
    return happens() && (settings.onCall() == 0 || settings.onCall() == call);
  }

  private boolean happens() {
    Ratio chance = settings.chance();
    if (chance == null) {
      return true;
    }
    if (random == null) {
      random = owner.world().random("fault " + owner.numberOf(this));
    }
    return chance.happens(random);
  }

  private @Nullable Object fire(Call<Object> call, Call.Next next) {
    fired.incrementAndGet();
    Event event = Event.of(EventKind.FAULT_FIRED, settings.point().toString(), effect.text());
    owner.world().record("faults", event, String.valueOf(call.device()));
    return effect.deed().apply(call, next);
  }

  /** Empty: it is on all devices of a kind. */
  @Override
  public String place() {
    return "";
  }

  @Override
  public @Nullable String whyUnused() {
    if (fired.get() > 0 || lenient || (settings.chance() != null && calls.get() > 0)) {
      return null;
    }
    long seen = calls.get();
    String matched = seen == 1 ? "1 call" : seen == 0 ? "no call" : seen + " calls";
    return "fault '" + this + "' never fired; " + matched + " matched";
  }

  /** Such as {@code before PhysicalNic.fail, on call 2: delay 3 ms}. */
  @Override
  public String toString() {
    return settings + ": " + effect.text();
  }
}
