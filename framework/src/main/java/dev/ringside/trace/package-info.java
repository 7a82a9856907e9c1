/**
 * What has happened: the {@link dev.ringside.trace.Journal} tells it in order, the {@link
 * dev.ringside.trace.Ledger} proves that no packet got lost in it.
 */
@NullMarked
package dev.ringside.trace;

import org.jspecify.annotations.NullMarked;
