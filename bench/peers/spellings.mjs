// How a day and a time are spelt in the records of the bench. All libraries look at them with the same expressions.
export const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const TIME = /^\d{2}:\d{2}$/;
