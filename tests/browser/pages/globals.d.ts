/** What pages/setup.js hands to the tests. */
declare const cin: any;
/** What a test keeps on its page between steps. */
declare var kept: any;
