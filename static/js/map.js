// On a narrow screen the map is wider than the page: begin in its middle.
const view = document.querySelector(".map-window");
if (view) view.scrollLeft = (view.scrollWidth - view.clientWidth) / 2;
