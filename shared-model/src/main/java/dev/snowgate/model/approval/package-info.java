/**
 * The words of approving: requests, reviews and their states. Values only.
 */
@NullMarked
package dev.snowgate.model.approval;

import org.jspecify.annotations.NullMarked;
